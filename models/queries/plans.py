"""Plans as they are kept: their changes, who made them, and how many they move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select, true
from sqlalchemy.orm import aliased

from models.queries.reading import to_change
from models.queries.under_secrecy import kept_apart_from
from models.rules.people.discretion import Viewer
from models.rules.people.rights import PLACES_A_PART
from models.rules.plans.view import NewsKind, PlanCounts, PlanStatus
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.municipality import Organisation, Service
from models.tables.person import PersonRole, PersonRow
from models.tables.plan import PlanMove, PlanRow


@dataclass(frozen=True, slots=True)
class News:
    """What a plan found otherwise when it was worked out anew: a booking was `added`, is `gone` or `changed`, or its
    place was taken (`place_taken`)."""

    booking: int
    what: NewsKind


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """`changes`: as the API takes them. `mends`: the plan whose outages it ends; `mended_by`: the plan that ends its
    own; `mends_under`, `mended_under`: the same by handle. `is_partial`: more bookings lie in its reach than it looked
    at. `booking`: what an applied claim became, by its handle.

    `part_of`: it is the part of that plan which the people of `organisation` see to; `has_admin`: an administrator
    does. `is_waiting`: somebody wants it applied, and it waits for its parts, or for this one, until `due_at`."""

    id: int
    handle: str
    version: int
    status: PlanStatus
    changes: tuple[Mapping, ...]
    reason: str
    mends: int | None
    mended_by: int | None
    mends_under: str | None
    mended_under: str | None
    is_partial: bool
    news: tuple[News, ...]
    created_by: str
    created_by_name: str
    created_by_organisation: str
    created_at: datetime
    applied_by_name: str | None
    applied_at: datetime | None
    booking: str | None = None
    part_of: int | None = None
    organisation: str | None = None
    has_admin: bool = True
    is_ready: bool = False
    is_waiting: bool = False
    due_at: datetime | None = None

    @property
    def placed_by(self) -> str:
        return PLACES_A_PART[not self.has_admin]

    @property
    def claims_for(self) -> str | None:
        """The body in whose name it claims a space; None for any other plan."""
        return next((each["set"]["claim"]["precedence"] for each in self.changes if "claim" in each["set"]), None)


_Maker, _Applier = aliased(PersonRow), aliased(PersonRow)
_Mended, _Mender = aliased(PlanRow), aliased(PlanRow)
_MENDED_BY = select(func.max(_Mender.id)).where(_Mender.mends_id == PlanRow.id, _Mender.status != "discarded")
_MENDED_BY_ID = _MENDED_BY.correlate(PlanRow).scalar_subquery()
_Return, _Whole, _Theirs = aliased(PlanRow), aliased(PlanRow), aliased(Organisation)
_HAS_ADMIN = (
    select(PersonRow.id)
    .join(PersonRole, PersonRole.person_id == PersonRow.id)
    .where(
        PersonRow.active, PersonRow.organisation_id == PlanRow.for_organisation_id, PersonRole.role == PLACES_A_PART[0]
    )
    .correlate(PlanRow)
    .exists()
)
_PLANS = (
    select(
        PlanRow,
        _Return.id,
        _Mended.handle,
        _Return.handle,
        _Maker.username,
        _Maker.display_name,
        Organisation.code,
        _Applier.display_name,
        Booking.handle,
        _Theirs.code,
        _Whole.applied_by_id,
        _Whole.due_at,
        _HAS_ADMIN,
    )
    .join(_Maker, _Maker.id == PlanRow.created_by_id)
    .join(Organisation, Organisation.id == _Maker.organisation_id)
    .outerjoin(_Applier, _Applier.id == PlanRow.applied_by_id)
    .outerjoin(Booking, Booking.id == PlanRow.booking_id)
    .outerjoin(_Mended, _Mended.id == PlanRow.mends_id)
    .outerjoin(_Return, _Return.id == _MENDED_BY_ID)
    .outerjoin(_Whole, _Whole.id == func.coalesce(PlanRow.part_of_id, PlanRow.id))
    .outerjoin(_Theirs, _Theirs.id == PlanRow.for_organisation_id)
    .order_by(PlanRow.id.desc())
)
_AWAITS_A_WORD = case((PlanRow.status == "draft", PlanMove.waits), else_=Booking.status == "pending")
_IS_TOLD = or_(PlanRow.status == "applied", _Whole.applied_by_id.is_not(None))


def kept_plan(plan: str | int) -> KeptPlan | None:
    """By its handle or, within the house, its number."""
    found = _plans(_PLANS.where((PlanRow.id if isinstance(plan, int) else PlanRow.handle) == plan))
    return found[0] if found else None


def plans_page(
    *,
    status: str | None = None,
    after: str | None = None,
    limit: int = 50,
    organisation: str | None = None,
    made_by: int | None = None,
) -> list[KeptPlan]:
    """The newest first. `after`: the handle of the last one of the page before; `organisation`: made by its people, and
    the parts of others' plans that wait for them or moved them; `made_by`: by this person."""
    question, whole = _PLANS, PlanRow.part_of_id.is_(None)
    if status is not None:
        question = question.where(PlanRow.status == status)
    if after is not None:
        last = select(_Mended.id).where(_Mended.handle == after).scalar_subquery()
        question = question.where(PlanRow.id < last)
    if organisation is not None:
        question = question.where(
            or_(and_(whole, Organisation.code == organisation), and_(_Theirs.code == organisation, _IS_TOLD))
        )
    else:
        question = question.where(whole)
    if made_by is not None:
        question = question.where(PlanRow.created_by_id == made_by)
    return _plans(question.limit(limit))


def parts_of(plan_id: int) -> list[KeptPlan]:
    """By the organisation that sees to each. One query."""
    return _plans(_PLANS.where(PlanRow.part_of_id == plan_id).order_by(None).order_by(_Theirs.code))


def parts_to_place(organisation: str, limit: int = 20) -> list[KeptPlan]:
    """Of plans that wait for an organisation, the soonest first. One query."""
    waiting = _PLANS.where(_Theirs.code == organisation, PlanRow.status == "draft", _IS_TOLD)
    return _plans(waiting.order_by(None).order_by(_Whole.due_at, PlanRow.id).limit(limit))


def plan_handle(number: int) -> str:
    """Of a plan that there is."""
    return db.session.scalars(select(PlanRow.handle).where(PlanRow.id == number)).one()


def counts_of(plan_ids: Sequence[int], viewer: Viewer | None = None) -> dict[int, PlanCounts]:
    """One query; a plan that moves nobody has all zeros. Those of its parts are among the moved and the left: who is
    told of them is for each part to say. For a viewer without those that are kept apart from them."""
    counted = true() if viewer is None else not_(kept_apart_from(viewer))

    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(condition)

    plan_ids = list(plan_ids)
    rows = db.session.execute(
        select(
            PlanRow.id,
            PlanRow.part_of_id,
            number(and_(counted, PlanMove.to_space_id.is_not(None))),
            number(and_(counted, PlanMove.to_space_id.is_(None))),
            number(and_(counted, PlanMove.to_space_id.is_not(None), _AWAITS_A_WORD)),
            *(number(PlanMove.told == told) for told in ("to_tell", "reached", "unreachable")),
        )
        .join(PlanRow, PlanRow.id == PlanMove.plan_id)
        .join(Booking, Booking.id == PlanMove.booking_id)
        .join(Organisation, Organisation.id == Booking.organisation_id)
        .outerjoin(Service, Service.id == Booking.service_id)
        .where(or_(PlanRow.id.in_(plan_ids), PlanRow.part_of_id.in_(plan_ids)))
        .group_by(PlanRow.id, PlanRow.part_of_id)
    )
    counts = {plan_id: PlanCounts() for plan_id in plan_ids}
    for plan_id, part_of, moved, left, waiting, *told in rows:
        for number_of, more in ((plan_id, told), (part_of, ())):
            if number_of in counts:
                counts[number_of] = counts[number_of].plus(PlanCounts(moved, left, waiting, *more))
    return counts


def plan_row(plan_id: int) -> PlanRow:
    """The row itself of a plan that there is, for whoever changes it within a write transaction."""
    return to_change(select(PlanRow).where(PlanRow.id == plan_id)).one()


def _plans(question: Select) -> list[KeptPlan]:
    found = db.session.execute(question.execution_options(populate_existing=True))
    return [
        KeptPlan(
            row.id,
            row.handle,
            row.version,
            row.status,
            tuple(row.changes),
            row.reason,
            row.mends_id,
            mended_by,
            mends_under,
            mended_under,
            row.is_partial,
            tuple(News(**each) for each in row.news),
            username,
            name,
            organisation,
            row.created_at,
            applier,
            row.applied_at,
            booking,
            row.part_of_id,
            theirs,
            has_admin,
            row.ready_at is not None,
            row.status == "draft" and wanted_by is not None,
            due_at,
        )
        for (
            row,
            mended_by,
            mends_under,
            mended_under,
            username,
            name,
            organisation,
            applier,
            booking,
            theirs,
            wanted_by,
            due_at,
            has_admin,
        ) in found
    ]

"""Plans as they are kept: their changes, whom they move where, and who has been told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from models.queries.bookings import bookings_by_id
from models.queries.reading import to_change
from models.rules.bookings.fields import Booked
from models.rules.people.discretion import Viewer
from models.rules.people.reach import is_kept_apart
from models.rules.plans.view import Consent, NewsKind, PlanCounts, PlanStatus, Told
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.municipality import Organisation
from models.tables.person import PersonRow
from models.tables.plan import PlanMove, PlanRow
from models.tables.space import Space


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
    at. `booking`: what an applied claim became, by its handle."""

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

    @property
    def claims_for(self) -> str | None:
        """The body in whose name it claims a space; None for any other plan."""
        return next((each["set"]["claim"]["precedence"] for each in self.changes if "claim" in each["set"]), None)


@dataclass(frozen=True, slots=True)
class KeptMove:
    """`booking`: as it stands now, unseen by seen_by(). `during`, `layout`: as planned; without `to_space` it stays.
    `hurdles`: what keeps it from the `nearest` place."""

    booking: Booked
    booking_version: int
    reasons: tuple[Refusal, ...]
    from_space: str
    from_layout: str
    to_space: str | None
    during: Interval
    layout: str
    waits: bool
    hurdles: tuple[Refusal, ...]
    nearest: str | None
    by_hand: bool
    consent: Consent | None
    told: Told | None
    told_by_name: str | None
    told_at: datetime | None


_Maker, _Applier, _Teller = aliased(PersonRow), aliased(PersonRow), aliased(PersonRow)
_Mended, _Mender = aliased(PlanRow), aliased(PlanRow)
_MENDED_BY = select(func.max(_Mender.id)).where(_Mender.mends_id == PlanRow.id, _Mender.status != "discarded")
_MENDED_BY_ID = _MENDED_BY.correlate(PlanRow).scalar_subquery()
_Return = aliased(PlanRow)
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
    )
    .join(_Maker, _Maker.id == PlanRow.created_by_id)
    .join(Organisation, Organisation.id == _Maker.organisation_id)
    .outerjoin(_Applier, _Applier.id == PlanRow.applied_by_id)
    .outerjoin(Booking, Booking.id == PlanRow.booking_id)
    .outerjoin(_Mended, _Mended.id == PlanRow.mends_id)
    .outerjoin(_Return, _Return.id == _MENDED_BY_ID)
    .order_by(PlanRow.id.desc())
)
_From, _To, _Nearest = aliased(Space), aliased(Space), aliased(Space)
_MOVES = (
    select(PlanMove, _From.code, _To.code, _Nearest.code, _Teller.display_name)
    .join(Booking, Booking.id == PlanMove.booking_id)
    .join(_From, _From.id == PlanMove.from_space_id)
    .outerjoin(_To, _To.id == PlanMove.to_space_id)
    .outerjoin(_Nearest, _Nearest.id == PlanMove.nearest_id)
    .outerjoin(_Teller, _Teller.id == PlanMove.told_by_id)
    .order_by(PlanMove.starts_at, PlanMove.booking_id)
)


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
    """The newest first. `after`: the handle of the last one of the page before; `organisation`: made by its people;
    `made_by`: by this person."""
    question = _PLANS
    if status is not None:
        question = question.where(PlanRow.status == status)
    if after is not None:
        last = select(_Mended.id).where(_Mended.handle == after).scalar_subquery()
        question = question.where(PlanRow.id < last)
    if organisation is not None:
        question = question.where(Organisation.code == organisation)
    if made_by is not None:
        question = question.where(PlanRow.created_by_id == made_by)
    return _plans(question.limit(limit))


def plan_handle(number: int) -> str:
    """Of a plan that there is."""
    return db.session.scalars(select(PlanRow.handle).where(PlanRow.id == number)).one()


def moves_of(plan_id: int, *, told: str | None = None, limit: int = 5000) -> list[KeptMove]:
    """In order of planned start. A query, and two per thousand bookings."""
    question = _MOVES.where(PlanMove.plan_id == plan_id)
    if told is not None:
        question = question.where(PlanMove.told == told)
    return _moves(question.limit(limit))


def move_for(viewer: Viewer, plan_id: int, booking: str | int) -> KeptMove | None:
    """Of the booking with this handle or, within the house, this number, if this viewer may know which it is."""
    which = PlanMove.booking_id if isinstance(booking, int) else Booking.handle
    found = _moves(_MOVES.where(PlanMove.plan_id == plan_id, which == booking))
    return found[0] if found and not is_kept_apart(viewer, found[0].booking) else None


def counts_of(plan_ids: Sequence[int]) -> dict[int, PlanCounts]:
    """One query; a plan that moves nobody has all zeros."""

    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(condition)

    rows = db.session.execute(
        select(
            PlanMove.plan_id,
            number(PlanMove.to_space_id.is_not(None)),
            number(PlanMove.to_space_id.is_(None)),
            *(number(PlanMove.told == told) for told in ("to_tell", "reached", "unreachable")),
        )
        .where(PlanMove.plan_id.in_(list(plan_ids)))
        .group_by(PlanMove.plan_id)
    )
    return {plan_id: PlanCounts() for plan_id in plan_ids} | {plan_id: PlanCounts(*rest) for plan_id, *rest in rows}


def plan_row(plan_id: int) -> PlanRow:
    """The row itself of a plan that there is, for whoever changes it within a write transaction."""
    return to_change(select(PlanRow).where(PlanRow.id == plan_id)).one()


def move_rows(plan_id: int, booking_id: int | None = None) -> list[PlanMove]:
    question = select(PlanMove).where(PlanMove.plan_id == plan_id)
    if booking_id is not None:
        question = question.where(PlanMove.booking_id == booking_id)
    return list(to_change(question.order_by(PlanMove.booking_id)))


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
        )
        for row, mended_by, mends_under, mended_under, username, name, organisation, applier, booking in found
    ]


def _moves(question: Select) -> list[KeptMove]:
    rows = db.session.execute(question.execution_options(populate_existing=True)).all()
    bookings = {each.id: each for each in bookings_by_id([row[0].booking_id for row in rows])}
    return [
        KeptMove(
            bookings[row.booking_id],
            row.booking_version,
            _refusals(row.reasons),
            from_space,
            row.from_layout,
            to_space,
            Interval(row.starts_at, row.ends_at),
            row.layout or row.from_layout,
            row.waits,
            _refusals(row.hurdles),
            nearest,
            row.by_hand,
            row.consent,
            row.told,
            teller,
            row.told_at,
        )
        for row, from_space, to_space, nearest, teller in rows
    ]


def _refusals(kept: Iterable[Mapping]) -> tuple[Refusal, ...]:
    return tuple(Refusal(**each) for each in kept)

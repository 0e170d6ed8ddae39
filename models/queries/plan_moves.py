"""Whom a kept plan moves where, and who has been told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from models.queries.bookings import bookings_by_id
from models.queries.reading import to_change
from models.rules.bookings.fields import Booked
from models.rules.people.discretion import Viewer
from models.rules.people.reach import is_kept_apart
from models.rules.plans.view import Consent, Told
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.plan import PlanMove, PlanRow
from models.tables.space import Space


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


_Teller = aliased(PersonRow)
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


def moves_of(plan_id: int, *, told: str | None = None, limit: int = 5000) -> list[KeptMove]:
    """In order of planned start. A query, and two per thousand bookings."""
    question = _MOVES.where(PlanMove.plan_id == plan_id)
    if told is not None:
        question = question.where(PlanMove.told == told)
    return _moves(question.limit(limit))


def moves_with_parts(plan_id: int) -> list[KeptMove]:
    """Those of a plan and of all its parts, as moves_of()."""
    whole = select(PlanRow.id).where(or_(PlanRow.id == plan_id, PlanRow.part_of_id == plan_id))
    return _moves(_MOVES.where(PlanMove.plan_id.in_(whole)).limit(5000))


def move_for(viewer: Viewer, plan_id: int, booking: str | int) -> KeptMove | None:
    """Of the booking with this handle or, within the house, this number, if this viewer may know which it is."""
    which = PlanMove.booking_id if isinstance(booking, int) else Booking.handle
    found = _moves(_MOVES.where(PlanMove.plan_id == plan_id, which == booking))
    return found[0] if found and not is_kept_apart(viewer, found[0].booking) else None


def move_rows(plan_id: int, booking_id: int | None = None) -> list[PlanMove]:
    question = select(PlanMove).where(PlanMove.plan_id == plan_id)
    if booking_id is not None:
        question = question.where(PlanMove.booking_id == booking_id)
    return list(to_change(question.order_by(PlanMove.booking_id)))


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

"""Claims of taken spaces that wait for a word: of the holders whom they ask, and of those who make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from models.queries.plans import KeptPlan, plans_page
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.plan import PlanMove, PlanRow
from models.tables.space import Space

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A holder is asked to leave `space` and go `to`. `plan`, `handle`: of the plan and of their booking. `consent`:
    asked, given or refused; `why`: the rule by name, `reason`: what whoever claims it wrote."""

    plan: str
    handle: str
    space: str
    during: Interval
    to: str
    to_during: Interval
    consent: str
    why: tuple[Refusal, ...]
    reason: str


_To = aliased(Space)
_ASKED = (
    select(PlanMove, Booking, Space.code, _To.code, PlanRow.reason, PlanRow.handle)
    .join(PlanRow, PlanRow.id == PlanMove.plan_id)
    .join(Booking, Booking.id == PlanMove.booking_id)
    .join(Space, Space.id == Booking.space_id)
    .join(_To, _To.id == PlanMove.to_space_id)
    .where(
        PlanMove.consent.is_not(None),
        PlanRow.status == "draft",
        Booking.status.in_(HOLDS_PLACE),
        PlanMove.booking_version == Booking.version,
    )
    .order_by(PlanMove.starts_at, PlanMove.id)
)


def asked_about(booking_id: int) -> list[Asked]:
    """Whatever is asked of one booking's party, answered or not. One query."""
    return _read(_ASKED.where(PlanMove.booking_id == booking_id))


def asked_of(person_id: int, now: datetime) -> list[Asked]:
    """What somebody has not answered yet, for the bookings that are theirs or that they made. One query."""
    return _read(
        _ASKED.where(
            PlanMove.consent == "asked",
            Booking.starts_at > now,
            or_(Booking.organiser_id == person_id, Booking.booked_by_id == person_id),
        ).limit(MOST_SHOWN)
    )


def open_claims_of(person_id: int) -> list[KeptPlan]:
    """The claims that somebody is making, the newest first. One query."""
    return [plan for plan in plans_page(status="draft", made_by=person_id, limit=MOST_SHOWN) if plan.claims_for]


def _read(question: Select) -> list[Asked]:
    rows: Sequence = db.session.execute(question.execution_options(populate_existing=True)).all()
    return [
        Asked(
            plan,
            booking.handle,
            space,
            Interval(booking.starts_at, booking.ends_at),
            to,
            Interval(move.starts_at, move.ends_at),
            move.consent,
            tuple(Refusal(**each) for each in move.reasons),
            reason,
        )
        for move, booking, space, to, reason, plan in rows
    ]

"""A plan waits for its parts: until their people said that they are ready, three working days at most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.actions.plans.in_hand import PlanInHand
from models.actions.plans.tell_parts import tell_part
from models.actions.record import record
from models.queries.house import the_house
from models.queries.plan_moves import move_rows, moves_of
from models.queries.plan_parts import who_places
from models.queries.plans import KeptPlan, kept_plan, plan_row
from models.rules.people.person import By
from models.rules.plans.parts import answer_due, waits_for_nobody
from models.rules.refusals import Refused, refusal
from models.tables.db import db


def unready(in_hand: PlanInHand, parts: Sequence[KeptPlan], now: datetime) -> list[KeptPlan]:
    """The parts whose people have not said yet that they are; none where nobody waits for that."""
    late = [part for part in parts if not part.is_ready]
    return [] if late and waits_for_nobody(in_hand.changes, in_hand.maker, in_hand.ahead.house, now) else late


def is_over(plan: KeptPlan, now: datetime) -> bool:
    """Whether it waited as long as it may."""
    return plan.due_at is not None and plan.due_at <= now


def wait_for(late: Sequence[KeptPlan], plan: KeptPlan, by: By) -> None:
    """Call within the plan's write transaction. Refused says part_without_owner where nobody there could answer. The
    time runs from the first time that it was to be applied."""
    for part in late:
        if not who_places(part):
            raise Refused([refusal("part_without_owner", scope=f"organisation:{part.organisation}")])
    row = plan_row(plan.id)
    row.due_at = row.due_at or answer_due([part.organisation or "" for part in late], the_house(), by.now)
    row.applied_by_id, row.version = by.person.id, row.version + 1
    db.session.flush()
    record("wait_for_parts", "plan", plan.id, *by, until=row.due_at.isoformat(), parts=len(late))
    for part in () if plan.is_waiting else late:
        told = kept_plan(part.id)
        if told:
            tell_part("plan_part", told, by.now)


def let_stay(part: KeptPlan) -> None:
    """Nobody said in time where they should go: they stay where they are, as bookings that do not fit there."""
    bookings = {each.booking.id: each.booking for each in moves_of(part.id)}
    for row in move_rows(part.id):
        booking = bookings[row.booking_id]
        row.to_space_id, row.layout, row.waits = None, booking.layout, False
        row.starts_at, row.ends_at = booking.during.start, booking.during.end
    db.session.flush()

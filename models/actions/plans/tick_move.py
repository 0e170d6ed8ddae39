"""Tick off that somebody without e-mail has been told where their booking went, or could not be reached."""

from __future__ import annotations

from models.actions.plans.in_hand import plan_to_work_on
from models.actions.record import record
from models.queries.plan_moves import move_rows
from models.rules.people.person import By
from models.rules.refusals import BadRequest, NotFound
from models.tables.transaction import writes

OUTCOMES = ("reached", "unreachable")


@writes
def tick(plan_id: int, booking_id: int, outcome: str, by: By) -> None:
    """`outcome` reached or unreachable; the last one said counts. Whoever gets mail is not ticked off: NotFound."""
    if outcome not in OUTCOMES:
        raise BadRequest("outcome", "unknown_choice")
    plan_to_work_on(plan_id, by.person)
    rows = [row for row in move_rows(plan_id, booking_id) if row.told not in (None, "mail")]
    if not rows:
        raise NotFound
    if rows[0].told != outcome:
        rows[0].told, rows[0].told_by_id, rows[0].told_at = outcome, by.person.id, by.now
        record("tell_by_hand", "plan", plan_id, *by, booking=booking_id, outcome=outcome)

"""Put a plan aside with all its parts: nothing of it was ever true."""

from __future__ import annotations

from models.actions.plans.in_hand import open_whole
from models.actions.record import record
from models.queries.plans import parts_of, plan_row
from models.rules.people.person import By
from models.tables.transaction import writes


@writes
def discard_plan(plan_id: int, by: By, *, seen: int | None = None) -> None:
    """Refused says plan_applied_before or plan_discarded where it is no draft any more."""
    open_whole(plan_id, by.person, seen)
    for number in (plan_id, *(part.id for part in parts_of(plan_id))):
        row = plan_row(number)
        row.status, row.version = "discarded", row.version + 1
    record("discard_plan", "plan", plan_id, *by)

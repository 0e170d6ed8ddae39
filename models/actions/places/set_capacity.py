"""Set how many people a space may hold. No booking is deleted: those above it are shown."""

from __future__ import annotations

from models.actions.places.policy_rows import put_places, rows_of
from models.actions.record import record_change
from models.rules.changes.spaces import UNCHANGED, SetCapacity
from models.rules.house.house import House
from models.rules.people.person import By, Why


def set_capacity(change: SetCapacity, house: House, by: By, why: Why) -> None:
    is_set, ceiling = change.ceiling is not UNCHANGED, None if change.ceiling is UNCHANGED else change.ceiling
    for row in rows_of(change, house, by, why.reason):
        if is_set:
            row.ceiling = ceiling
        put_places(row, change.capacities)
    record_change(
        "change_capacity",
        change,
        by,
        why,
        ceiling=ceiling,
        ceiling_set=is_set,
        capacities=dict(change.capacities),
    )

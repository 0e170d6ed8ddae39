"""Set how a space is booked. Bookings that exist keep the time and length they have: only new and changed ones are
judged by the new rules."""

from __future__ import annotations

from models.actions.places.policy_rows import rows_of
from models.actions.record import record_change
from models.rules.changes.spaces import SetPolicy
from models.rules.house.house import House
from models.rules.people.person import By, Why


def set_policy(change: SetPolicy, house: House, by: By, why: Why) -> None:
    for row in rows_of(change, house, by, why.reason):
        for name, value in change.values.items():
            setattr(row, name, value)
    record_change("change_policy", change, by, why, rules=dict(change.values))

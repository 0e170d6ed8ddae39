"""Take a space out of use, and back."""

from __future__ import annotations

from models.actions.places.policy_rows import rows_of
from models.actions.record import record
from models.rules.changes.spaces import SetUse
from models.rules.house.house import House
from models.rules.house.timeline import A_DAY
from models.rules.people.person import By, Why


def set_use(change: SetUse, house: House, by: By, why: Why) -> None:
    for row in rows_of(change, house, by, why.reason):
        row.active = change.active
    since, reason = change.since.isoformat(), why.reason
    if change.active:
        record("restore_space", *change.place, *by, reason=reason, valid_from=since)
    else:
        back_on = (change.last + A_DAY).isoformat() if change.last else None
        record("retire_space", *change.place, *by, reason=reason, valid_from=since, back_on=back_on)

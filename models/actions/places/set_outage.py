"""Say that something is out of order: items of a space, or a building's lift; and that it works again."""

from __future__ import annotations

from models.actions.record import record, record_change
from models.queries.policies import outage_rows
from models.rules.changes.outages import Break, Mend
from models.rules.house.house import House
from models.rules.house.timeline import A_DAY
from models.rules.people.person import By, Why
from models.tables.db import db
from models.tables.rules import OutageRow


def set_outage(change: Break, _house: House, by: By, why: Why) -> None:
    """An item that is out of service already on its first day stays so for the longer of both."""
    first, last = change.since, change.last
    for item in set(change.items):
        row = next(
            (
                each
                for each in outage_rows(*change.place, [item])
                if each.valid_from <= first and (each.valid_to is None or first <= each.valid_to)
            ),
            None,
        )
        if row is None:
            row = OutageRow(
                scope_type=change.place.sort, scope_code=change.code, item=item, valid_from=first, valid_to=last
            )
            db.session.add(row)
        elif row.valid_to is not None:
            row.valid_to = None if last is None else max(row.valid_to, last)
        row.reason, row.set_by_id, row.set_at = why.reason, by.person.id, by.now
        row.version = (row.version or 0) + 1
    db.session.flush()
    record_change("set_outage", change, by, why, items=sorted(change.items))


def end_outage(change: Mend, _house: House, by: By, why: Why) -> None:
    """From its first day on; what was planned to fail later does not."""
    for row in outage_rows(*change.place, change.items):
        if row.valid_from >= change.since:
            db.session.delete(row)
        elif row.valid_to is None or row.valid_to >= change.since:
            row.valid_to, row.version = change.since - A_DAY, row.version + 1
    db.session.flush()
    record(
        "end_outage",
        *change.place,
        *by,
        reason=why.reason,
        items=sorted(change.items),
        works_from=change.since.isoformat(),
    )

"""Close the house, or organisations in it, on some days: a row for each, but for days on which everyone meant is closed
already."""

from __future__ import annotations

from sqlalchemy import insert

from models.actions.record import record
from models.rules.changes.closing import Close
from models.rules.house.house import House
from models.rules.house.names import name_columns
from models.rules.people.person import By, Why
from models.rules.times.hours import Closure
from models.tables.db import db
from models.tables.hours import Closure as ClosureRow
from models.tables.hours import closure_organisation


def close(change: Close, house: House, by: By, _why: Why) -> list[int]:
    """The numbers of the rows."""
    added = change.news(house)
    rows = [ClosureRow(**columns(closure, change)) for closure in added]
    db.session.add_all(rows)
    db.session.flush()
    for row, closure in zip(rows, added, strict=True):
        link(row.id, closure, house)
        record("close", "closure", row.id, *by, **facts(closure))
    return [row.id for row in rows]


def columns(closure: Closure, change: Close) -> dict:
    return {
        "day": closure.day,
        "kind": closure.kind,
        "opens_minute": closure.opens,
        "closes_minute": closure.closes,
        **name_columns(change.names),
    }


def link(closure_id: int, closure: Closure, house: House) -> None:
    if closure.organisations:
        db.session.execute(
            insert(closure_organisation),
            [
                {"closure_id": closure_id, "organisation_id": house.organisations[code].id}
                for code in sorted(closure.organisations)
            ],
        )


def facts(closure: Closure) -> dict:
    return {
        "day": closure.day.isoformat(),
        "kind": closure.kind,
        "opens": closure.opens,
        "closes": closure.closes,
        "organisations": sorted(closure.organisations),
    }

"""Set how many people a zone, a floor or a building may hold at one instant."""

from __future__ import annotations

from datetime import date

from models.actions.record import record_change
from models.queries.policies import limit_rows
from models.rules.changes.limits import SetLimit
from models.rules.house.house import House
from models.rules.house.timeline import A_DAY
from models.rules.people.person import By, Why
from models.rules.values import Scope
from models.tables.db import db
from models.tables.municipality import HeadCountLimit


def set_limit(change: SetLimit, _house: House, by: By, why: Why) -> None:
    """Earlier rows stay: they are the register of what held when, and who said so."""
    first, last = change.since, change.last
    rows = {row.valid_from: row for row in limit_rows(*change.place)}
    if last is not None:
        _row_of(rows, change.place, last + A_DAY, by)
    row = _row_of(rows, change.place, first, by)
    row.max_persons, row.reason, row.legal_basis = change.max_persons, *why
    row.set_by_id, row.set_at, row.version = by.person.id, by.now, (row.version or 0) + 1
    for since, later in rows.items():
        if first < since and (last is None or since <= last):
            later.max_persons, later.version = change.max_persons, later.version + 1
    db.session.flush()
    record_change("set_limit", change, by, why, max_persons=change.max_persons, legal_basis=why.legal_basis)


def _row_of(rows: dict[date, HeadCountLimit], place: Scope, day: date, by: By) -> HeadCountLimit:
    """The row that begins on `day`; a new one says what held then anyway."""
    if day not in rows:
        held = rows[max(since for since in rows if since < day)] if any(since < day for since in rows) else None
        rows[day] = HeadCountLimit(
            scope_type=place.sort,
            scope_code=place.code,
            valid_from=day,
            set_by_id=by.person.id,
            set_at=by.now,
            max_persons=held.max_persons if held else None,
            reason=held.reason if held else "",
            legal_basis=held.legal_basis if held else None,
        )
        db.session.add(rows[day])
    return rows[day]

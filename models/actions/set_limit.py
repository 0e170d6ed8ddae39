"""Set how many people a zone, a floor or a building may hold at one instant, from a date on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from models.actions.change_capacity import (
    check_last_day,
    check_unchanged_since,
    checked_date,
    checked_number,
    checked_reason,
)
from models.actions.record import record
from models.queries.above import bookings_above
from models.queries.house import the_house
from models.queries.policies import limit_rows
from models.rules.above import AboveLimit
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.person import Person
from models.rules.refusals import NotAllowed, NotFound
from models.rules.rights import holds
from models.rules.what_if import if_limited
from models.tables.db import db
from models.tables.municipality import HeadCountLimit
from models.tables.transaction import retried, write_transaction

A_DAY = timedelta(days=1)


def set_limit(scope: str, code: str, max_persons: int | None, person: Person, now: datetime, *, reason: str,
              valid_from: date | None = None, valid_to: date | None = None, legal_basis: str | None = None,
              seen: int | None = None) -> tuple[AboveLimit, ...]:
    """The limit from its date on (today when none is given), through its last day where there is one; None lifts it.
    The bookings that then stand above it.

    Earlier rows stay: they are the register of what held when, and who said so. `seen`: as in change_capacity().
    """
    return retried(lambda: _set(scope, code, max_persons, person, now, reason, valid_from, valid_to,
                                legal_basis, seen))


def effects_of_limit(scope: str, code: str, max_persons: int | None, person: Person, now: datetime, *, reason: str,
                     valid_from: date | None = None) -> tuple[AboveLimit, ...]:
    """What set_limit() would answer, writing nothing. Raises what it would raise."""
    house = the_house()
    day = checked_limit(scope, code, max_persons, person, house, now, reason, valid_from)
    return bookings_above(scope, code, if_limited(house, scope, code, max_persons, day), now)


def checked_limit(scope: str, code: str, max_persons: int | None, person: Person, house: House, now: datetime,
                 reason: str, valid_from: date | None) -> date:
    if code not in {"zone": house.zones, "floor": house.floors, "building": house.buildings}[scope]:
        raise NotFound
    if not holds(person, "set_limits"):
        raise NotAllowed("set_limits")
    checked_reason(reason)
    checked_number("max_persons", max_persons)
    return checked_date(valid_from, civil_date(now, house.zone))


def _set(scope, code, max_persons, person, now, reason, valid_from, valid_to, legal_basis,
         seen) -> tuple[AboveLimit, ...]:
    with write_transaction():
        day = checked_limit(scope, code, max_persons, person, the_house(), now, reason, valid_from)
        check_unchanged_since(seen, scope, code)
        check_last_day(valid_to, day)
        rows = {row.valid_from: row for row in limit_rows(scope, code)}
        if valid_to is not None:
            _row_of(rows, scope, code, valid_to + A_DAY, person, now)
        row = _row_of(rows, scope, code, day, person, now)
        row.max_persons, row.reason, row.legal_basis = max_persons, reason, legal_basis
        row.set_by_id, row.set_at, row.version = person.id, now, (row.version or 0) + 1
        for since, later in rows.items():
            if day < since and (valid_to is None or since <= valid_to):
                later.max_persons, later.version = max_persons, later.version + 1
        db.session.flush()
        record("set_limit", scope, code, person, now, reason=reason, valid_from=day.isoformat(),
               valid_to=valid_to.isoformat() if valid_to else None, max_persons=max_persons, legal_basis=legal_basis)
        above = bookings_above(scope, code, the_house(), now)
    return above


def _row_of(rows: dict[date, HeadCountLimit], scope: str, code: str, day: date, person: Person,
            now: datetime) -> HeadCountLimit:
    """The row that begins on `day`; a new one says what held then anyway."""
    row = rows.get(day)
    if row is None:
        held = rows[max(since for since in rows if since < day)] if any(since < day for since in rows) else None
        row = HeadCountLimit(scope_type=scope, scope_code=code, valid_from=day, set_by_id=person.id, set_at=now,
                             max_persons=held.max_persons if held else None, reason=held.reason if held else "",
                             legal_basis=held.legal_basis if held else None)
        rows[day] = row
        db.session.add(row)
    return row

"""Set how many people a zone, a floor or a building may hold at one instant, from a date on."""

from __future__ import annotations

from datetime import date, datetime

from models.actions.change_capacity import checked_date, checked_number, checked_reason
from models.actions.record import record
from models.queries.above import bookings_above
from models.queries.house import the_house
from models.queries.policies import limit_rows
from models.rules.above import AboveLimit
from models.rules.interval import civil_date
from models.rules.person import Person
from models.rules.refusals import NotAllowed, NotFound
from models.rules.rights import holds
from models.tables.db import db
from models.tables.municipality import HeadCountLimit
from models.tables.transaction import retried, write_transaction


def set_limit(scope: str, code: str, max_persons: int | None, person: Person, now: datetime, *, reason: str,
              valid_from: date | None = None, legal_basis: str | None = None) -> tuple[AboveLimit, ...]:
    """The limit from its date on (today when none is given); None lifts it. The bookings that then stand above it.

    Earlier rows stay: they are the register of what held when, and who said so.
    """
    return retried(lambda: _set(scope, code, max_persons, person, now, reason, valid_from, legal_basis))


def _set(scope, code, max_persons, person, now, reason, valid_from, legal_basis) -> tuple[AboveLimit, ...]:
    with write_transaction():
        house = the_house()
        if code not in {"zone": house.zones, "floor": house.floors, "building": house.buildings}[scope]:
            raise NotFound
        if not holds(person, "set_limits"):
            raise NotAllowed("set_limits")
        checked_reason(reason)
        checked_number("max_persons", max_persons)
        day = checked_date(valid_from, civil_date(now, house.zone))
        rows = limit_rows(scope, code)
        row = next((row for row in rows if row.valid_from == day), None)
        if row is None:
            row = HeadCountLimit(scope_type=scope, scope_code=code, valid_from=day)
            db.session.add(row)
        row.max_persons, row.reason, row.legal_basis = max_persons, reason, legal_basis
        row.set_by_id, row.set_at = person.id, now
        for later in (each for each in rows if each.valid_from > day):
            later.max_persons = max_persons
        db.session.flush()
        record("set_limit", scope, code, person, now, reason=reason, valid_from=day.isoformat(),
               max_persons=max_persons, legal_basis=legal_basis)
        above = bookings_above(scope, code, the_house(), now)
    return above

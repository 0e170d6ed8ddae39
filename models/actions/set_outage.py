"""Say that something is out of order: items of a space, or a building's lift; and that it works again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from models.actions.change_capacity import check_last_day, checked_date, checked_reason
from models.actions.record import record
from models.queries.house import the_house
from models.queries.plans import outage_rows
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.person import Person
from models.rules.plan_reading import LIFT, items_of
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.rules.rights import may_set_outage
from models.tables.db import db
from models.tables.rules import OutageRow
from models.tables.transaction import retried, write_transaction

A_DAY = timedelta(days=1)


def set_outage(scope: str, code: str, items: Iterable[str], person: Person, now: datetime, *, reason: str,
               valid_from: date | None = None, valid_to: date | None = None) -> None:
    """`scope` space or building. From a date on (today when none is given), through its last day if that is known.
    An item that is out of service already on its first day stays so for the longer of both."""
    retried(lambda: _set(scope, code, tuple(items), person, now, reason, valid_from, valid_to))


def end_outage(scope: str, code: str, items: Iterable[str], person: Person, now: datetime, *, reason: str,
               works_from: date | None = None) -> None:
    """They work again from a date on, today when none is given; what was planned to fail later does not."""
    retried(lambda: _end(scope, code, tuple(items), person, now, reason, works_from))


def checked_outage(scope: str, code: str, items: Iterable[str], person: Person, house: House, now: datetime,
                   reason: str, valid_from: date | None, valid_to: date | None = None) -> date:
    """The first day; raises what set_outage() and end_outage() raise."""
    if code not in {"space": house.spaces, "building": house.buildings}[scope]:
        raise NotFound
    if not may_set_outage(person, house.spaces[code].owner if scope == "space" else None):
        raise NotAllowed("set_space_capacity")
    checked_reason(reason)
    items = set(items)
    if not items:
        raise BadRequest("items", "required")
    if not items <= (items_of(code, house) if scope == "space" else {LIFT}):
        raise BadRequest("items", "unknown_choice")
    first = checked_date(valid_from, civil_date(now, house.zone))
    check_last_day(valid_to, first)
    return first


def _set(scope, code, items, person, now, reason, valid_from, valid_to) -> None:
    with write_transaction():
        first = checked_outage(scope, code, items, person, the_house(), now, reason, valid_from, valid_to)
        for item in items:
            row = next((each for each in outage_rows(scope, code, [item]) if each.valid_from <= first
                        and (each.valid_to is None or first <= each.valid_to)), None)
            if row is None:
                row = OutageRow(scope_type=scope, scope_code=code, item=item, valid_from=first, valid_to=valid_to)
                db.session.add(row)
            elif row.valid_to is not None:
                row.valid_to = None if valid_to is None else max(row.valid_to, valid_to)
            row.reason, row.set_by_id, row.set_at, row.version = reason, person.id, now, (row.version or 0) + 1
        db.session.flush()
        record("set_outage", scope, code, person, now, reason=reason, items=sorted(items),
               valid_from=first.isoformat(), valid_to=valid_to.isoformat() if valid_to else None)


def _end(scope, code, items, person, now, reason, works_from) -> None:
    with write_transaction():
        first = checked_outage(scope, code, items, person, the_house(), now, reason, works_from)
        for row in outage_rows(scope, code, items):
            if row.valid_from >= first:
                db.session.delete(row)
            elif row.valid_to is None or row.valid_to >= first:
                row.valid_to, row.version = first - A_DAY, row.version + 1
        db.session.flush()
        record("end_outage", scope, code, person, now, reason=reason, items=sorted(items),
               works_from=first.isoformat())

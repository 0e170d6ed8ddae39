"""Replace the week of a building, zone or space, from a date on or for a while: whole, or not at all."""

from __future__ import annotations

from datetime import date, datetime

from models.actions.change_capacity import check_unchanged_since, checked_date, checked_reason
from models.actions.record import record
from models.queries.hours import hours_rows
from models.queries.house import the_house
from models.queries.unfit import AS_GOOD_AS_EVER, bookings_no_longer_fitting
from models.rules.hours_change import Period, WeekChange, if_week_set, owner_of, remaining, spaces_of, week_faults
from models.rules.house import House
from models.rules.interval import Interval, civil_date, civil_day
from models.rules.person import Person
from models.rules.refusals import BadRequest, NotAllowed
from models.rules.rights import may_set_hours_of
from models.rules.unfit import Unfit
from models.tables.db import db
from models.tables.hours import OpeningHours
from models.tables.transaction import retried, write_transaction

THING = "opening_hours"


def set_hours(change: WeekChange, person: Person, now: datetime, *, seen: int | None = None) -> tuple[Unfit, ...]:
    """The week as it is to be; what it has no rows of, it leaves to the next scope. The bookings that no longer fit.

    Rows that held before its first day, or hold after its last, stay for those days, so that each booking is judged by
    the hours of its own date. `seen`: the last_change(THING, "zone:…") that the editor saw.
    """
    house, first = retried(lambda: _set(change, person, now, seen))
    return _effects(change, house, first, now)


def effects_of_hours(change: WeekChange, person: Person, now: datetime) -> tuple[Unfit, ...]:
    """What set_hours() would answer, writing nothing. Raises what it would raise."""
    house = the_house()
    return _effects(change, house, checked_week(change, person, house, now), now)


def _set(change: WeekChange, person: Person, now: datetime, seen: int | None) -> tuple[House, date]:
    with write_transaction():
        house = the_house()
        first = checked_week(change, person, house, now)
        place = ":".join(change.scope)
        check_unchanged_since(seen, THING, place)
        for row in hours_rows(change.scope):
            _cut(row, first, change.last)
        sort, code = change.scope
        db.session.add_all(OpeningHours(
            scope_type=sort, scope_code=code, weekday=row.weekday, week_of_month=row.week_of_month,
            opens_minute=row.opens, closes_minute=row.closes, kind=row.kind, label_nl=row.label, valid_from=first,
            valid_to=change.last) for row in change.rows)
        record("set_hours", THING, place, person, now, reason=change.reason, valid_from=first.isoformat(),
               valid_to=change.last.isoformat() if change.last else None, rows=[
                   [row.weekday, row.week_of_month, row.opens, row.closes, row.kind] for row in change.rows])
    return house, first


def _cut(row: OpeningHours, first: date, last: date | None) -> None:
    """Take the days that get another week out of a row's; a row may go on before them, after them, or both."""
    left = remaining(Period(row.valid_from, row.valid_to, ()), first, last)
    if not left:
        db.session.delete(row)
        return
    if (left[0].first, left[0].last) != (row.valid_from, row.valid_to):
        row.valid_from, row.valid_to, row.version = left[0].first, left[0].last, row.version + 1
    for period in left[1:]:
        db.session.add(OpeningHours(
            scope_type=row.scope_type, scope_code=row.scope_code, weekday=row.weekday, week_of_month=row.week_of_month,
            opens_minute=row.opens_minute, closes_minute=row.closes_minute, kind=row.kind, label_nl=row.label_nl,
            valid_from=period.first, valid_to=period.last))


def checked_week(change: WeekChange, person: Person, house: House, now: datetime) -> date:
    if not may_set_hours_of(person, owner_of(change.scope, house)):
        raise NotAllowed("set_hours")
    for fault in week_faults(change.rows):
        raise fault
    checked_reason(change.reason)
    first = checked_date(change.first, civil_date(now, house.zone))
    if change.last is not None and change.last < first:
        raise BadRequest("to", "ends_before_start")
    return first


def _effects(change: WeekChange, house: House, first: date, now: datetime) -> tuple[Unfit, ...]:
    start = civil_day(first, house.zone).start
    end = civil_day(change.last, house.zone).end if change.last else start + AS_GOOD_AS_EVER
    return bookings_no_longer_fitting(house, if_week_set(house, change, first), [Interval(start, end)], now,
                                      spaces=spaces_of(change.scope, house))

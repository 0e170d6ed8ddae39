"""Take a space out of use from a date on, and back; delete one that nothing of the past refers to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import delete

from models.actions.change_capacity import check_unchanged_since, checked_date, checked_reason, rows_from
from models.actions.record import record
from models.queries.bookings import bookings_from
from models.queries.house import the_house
from models.queries.places import history_of, space_row
from models.queries.policies import policy_rows
from models.rules.discretion import Booked
from models.rules.house import House
from models.rules.interval import civil_date, civil_day
from models.rules.person import Person
from models.rules.place_wishes import composites_with
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.rules.rights import may_edit_space
from models.tables.db import db
from models.tables.hours import OpeningHours
from models.tables.space import Equipment, PlanRectangle, SpacePart
from models.tables.transaction import retried, write_transaction


def retire_space(code: str, person: Person, now: datetime, *, reason: str, valid_from: date | None = None,
                 back_on: date | None = None, seen: int | None = None) -> tuple[Booked, ...]:
    """From a date (today when none is given) no booking is taken, until `back_on` where that is said. The bookings that
    stand in it then: they stay until somebody moves them. `seen`: as in change_capacity()."""
    return retried(lambda: _retire(code, person, now, reason, valid_from, back_on, seen))


def restore_space(code: str, person: Person, now: datetime, *, reason: str, valid_from: date | None = None,
                  seen: int | None = None) -> None:
    """From a date on it can be booked again, by the rules that it had."""
    return retried(lambda: _restore(code, person, now, reason, valid_from, seen))


def delete_space(code: str, person: Person, now: datetime) -> None:
    """For good; BadRequest has_history where a booking, a calendar address or the log ever spoke of it, is_a_part where
    another space consists of it."""
    return retried(lambda: _delete(code, person, now))


def bookings_in_the_way(code: str, house: House, day: date, back_on: date | None, now: datetime) -> tuple[Booked, ...]:
    """What holds a place in a space, or in one that takes it along, from `day` until before `back_on`. Two queries."""
    spaces = [house.spaces[code].id, *(each.id for each in composites_with(house, code))]
    start = civil_day(day, house.zone).start
    end = civil_day(back_on, house.zone).start if back_on else None
    return tuple(booking for booking in bookings_from(max(start, now), spaces)
                 if end is None or booking.during.start < end)


def _retire(code: str, person: Person, now: datetime, reason: str, valid_from: date | None, back_on: date | None,
            seen: int | None) -> tuple[Booked, ...]:
    with write_transaction():
        house = the_house()
        day = checked_stretch(code, person, house, now, reason, valid_from, back_on)
        check_unchanged_since(seen, "space", code)
        space = house.spaces[code]
        if back_on is not None:
            rows_from(space.id, back_on, person, now, reason)      # on that date holds what would have held anyway
        for row in rows_from(space.id, day, person, now, reason):
            if back_on is None or row.valid_from < back_on:
                row.active, row.version = False, (row.version or 0) + 1
        record("retire_space", "space", code, person, now, reason=reason, valid_from=day.isoformat(),
               back_on=back_on.isoformat() if back_on else None)
        in_the_way = bookings_in_the_way(code, house, day, back_on, now)
    return in_the_way


def _restore(code: str, person: Person, now: datetime, reason: str, valid_from: date | None, seen: int | None) -> None:
    with write_transaction():
        house = the_house()
        day = checked_stretch(code, person, house, now, reason, valid_from)
        check_unchanged_since(seen, "space", code)
        for row in rows_from(house.spaces[code].id, day, person, now, reason):
            row.active, row.version = True, (row.version or 0) + 1
        record("restore_space", "space", code, person, now, reason=reason, valid_from=day.isoformat())


def checked_stretch(code: str, person: Person, house: House, now: datetime, reason: str, valid_from: date | None,
                    back_on: date | None = None) -> date:
    """The first day of it; raises what retire_space() raises."""
    if code not in house.spaces:
        raise NotFound
    if not may_edit_space(person, house.spaces[code].owner):
        raise NotAllowed("edit_places")
    checked_reason(reason)
    day = checked_date(valid_from, civil_date(now, house.zone))
    if back_on is not None and back_on <= day:
        raise BadRequest("back_on", "not_after_that")
    return day


def _delete(code: str, person: Person, now: datetime) -> None:
    with write_transaction():
        house = the_house()
        if code not in house.spaces:
            raise NotFound
        if not may_edit_space(person, house.spaces[code].owner):
            raise NotAllowed("edit_places")
        check_may_be_deleted(code, house)
        _forget(code, house.spaces[code].id)
        record("delete_space", "space", code, person, now)


def check_may_be_deleted(code: str, house: House) -> None:
    above = composites_with(house, code)
    if above:
        raise BadRequest("code", "is_a_part", place=above[0].code)
    if any(code in rule.applies_to for timeline in house.rules.values() for _since, rule in timeline):
        raise BadRequest("code", "has_rules")
    if history_of(house.spaces[code].id, code):
        raise BadRequest("code", "has_history")


def _forget(code: str, space_id: int) -> None:
    """The space and all that is said of it alone."""
    for row in policy_rows(space_id):
        db.session.delete(row)
    for of_this_space in (
        delete(Equipment).where(Equipment.space_id == space_id),
        delete(SpacePart).where(SpacePart.composite_id == space_id),
        delete(PlanRectangle).where(PlanRectangle.scope_type == "space", PlanRectangle.scope_code == code),
        delete(OpeningHours).where(OpeningHours.scope_type == "space", OpeningHours.scope_code == code),
    ):
        db.session.execute(of_this_space)
    db.session.flush()
    db.session.delete(space_row(code))
    db.session.flush()

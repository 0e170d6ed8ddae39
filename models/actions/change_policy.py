"""How a space is booked, from a date on: everything of its policy but the places, which have their own change."""

from __future__ import annotations

from datetime import date, datetime

from models.actions.change_capacity import (
    check_last_day,
    check_unchanged_since,
    checked_date,
    checked_reason,
    recount,
    rows_during,
)
from models.actions.record import record
from models.queries.above import bookings_above
from models.queries.house import the_house
from models.rules.above import AboveLimit
from models.rules.house import House, Space
from models.rules.interval import civil_date
from models.rules.person import Person
from models.rules.policy_change import PolicyChange, check_together, check_values, rules_set_by
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.rules.what_if import if_capacity_changed
from models.tables.db import db
from models.tables.transaction import retried, write_transaction


def change_policy(space: str, wish: PolicyChange, person: Person, now: datetime, *,
                  seen: int | None = None) -> tuple[AboveLimit, ...]:
    """Apply it from its date (today when none is given) and on; the bookings that then stand above the space's places.

    Rows are dated as in change_capacity(). Bookings that exist keep the time and length they have: only new and changed
    ones are judged by the new rules. `seen`: as in change_capacity().
    """
    return retried(lambda: _change(space, wish, person, now, seen))


def effects_of_policy(space: str, wish: PolicyChange, person: Person, now: datetime) -> tuple[AboveLimit, ...]:
    """What change_policy() would answer, writing nothing. Raises what it would raise."""
    house = the_house()
    imagined = if_capacity_changed(house, space, wish, checked_policy(space, wish, person, house, now))
    return bookings_above("space", space, imagined, now)


def _change(code: str, wish: PolicyChange, person: Person, now: datetime, seen: int | None) -> tuple[AboveLimit, ...]:
    with write_transaction():
        house = the_house()
        day = checked_policy(code, wish, person, house, now)
        check_unchanged_since(seen, "space", code)
        space = house.spaces[code]
        write_policy(space, wish, day, person, now)
        house = the_house()
        recount(space.id, house, now)
        above = bookings_above("space", code, house, now)
    return above


def write_policy(space: Space, wish: PolicyChange, day: date, person: Person, now: datetime) -> None:
    """A change that was checked; whoever calls this counts the bookings of unknown attendance anew."""
    for row in rows_during(space.id, day, wish.valid_to, person, now, wish.reason):
        row.version = (row.version or 0) + 1
        for name, value in wish.values.items():
            setattr(row, name, value)
    db.session.flush()
    record("change_policy", "space", space.code, person, now, reason=wish.reason, valid_from=day.isoformat(),
           valid_to=wish.valid_to.isoformat() if wish.valid_to else None, rules=dict(wish.values))


def checked_policy(code: str, wish: PolicyChange, person: Person, house: House, now: datetime) -> date:
    """From when it holds; raises what change_policy() raises."""
    if code not in house.spaces:
        raise NotFound
    allowed = rules_set_by(person, house.spaces[code].owner)
    if not allowed or not allowed >= wish.values.keys():
        raise NotAllowed("edit_places")
    checked_reason(wish.reason)
    if not wish.values:
        raise BadRequest("rules", "required")
    day = checked_date(wish.valid_from, civil_date(now, house.zone))
    check_last_day(wish.valid_to, day)
    check_values(wish.values, house.policy(code, day).traits)
    for since, policy in if_capacity_changed(house, code, wish, day).policies[code]:
        if since >= day:
            check_together(policy, wish.values)
    return day

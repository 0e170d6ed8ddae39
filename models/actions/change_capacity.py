"""Set how many people a space may hold, from a date on. No booking is deleted: those above it are shown."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import update

from models.actions.record import record
from models.queries.above import bookings_above
from models.queries.bookings import bookings_from
from models.queries.house import the_house
from models.queries.place_changes import last_change
from models.queries.policies import policy_rows
from models.rules.above import AboveLimit
from models.rules.house import House, Space
from models.rules.interval import civil_date
from models.rules.person import Person
from models.rules.policy import SpacePolicy
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused, refusal
from models.rules.rights import may_set_capacity_of
from models.rules.what_if import UNCHANGED, CapacityChange, if_capacity_changed
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.space import LayoutCapacity, SpacePolicyRow
from models.tables.transaction import retried, write_transaction

MOST_PLACES = 100_000
COPIED = [column.name for column in SpacePolicyRow.__table__.columns
          if column.name not in ("id", "valid_from", "version", "reason", "set_by_id", "set_at")]


def change_capacity(space: str, wish: CapacityChange, person: Person, now: datetime, *,
                    seen: int | None = None) -> tuple[AboveLimit, ...]:
    """Apply it from its date (today when none is given) and on; the bookings that then stand above the space's places.

    The policy row of that date is copied, not edited, so that earlier bookings are judged by what held for them;
    changes already planned for later keep everything but what is set here. `seen`: the last_change() that the editor
    saw; when somebody was there since, Refused says changed_meanwhile.
    """
    return retried(lambda: _change(space, wish, person, now, seen))


def effects_of_capacity(space: str, wish: CapacityChange, person: Person, now: datetime) -> tuple[AboveLimit, ...]:
    """What change_capacity() would answer, writing nothing. Raises what it would raise."""
    house = the_house()
    day = checked_capacity(space, wish, person, house, now)
    return bookings_above("space", space, if_capacity_changed(house, space, wish, day), now)


def _change(code: str, wish: CapacityChange, person: Person, now: datetime, seen: int | None) -> tuple[AboveLimit, ...]:
    with write_transaction():
        house = the_house()
        day = checked_capacity(code, wish, person, house, now)
        check_unchanged_since(seen, "space", code)
        space = house.spaces[code]
        write_capacity(space, wish, day, person, now)
        house = the_house()
        recount(space.id, house, now)
        above = bookings_above("space", code, house, now)
    return above


def write_capacity(space: Space, wish: CapacityChange, day: date, person: Person, now: datetime) -> None:
    """A change that was checked; whoever calls this counts the bookings of unknown attendance anew."""
    for row in rows_during(space.id, day, wish.valid_to, person, now, wish.reason):
        apply_capacity(row, wish)
    db.session.flush()
    record("change_capacity", "space", space.code, person, now, reason=wish.reason, valid_from=day.isoformat(),
           valid_to=wish.valid_to.isoformat() if wish.valid_to else None,
           ceiling=None if wish.ceiling is UNCHANGED else wish.ceiling,
           ceiling_set=wish.ceiling is not UNCHANGED, capacities=dict(wish.capacities or {}))


def checked_capacity(code: str, wish: CapacityChange, person: Person, house: House, now: datetime) -> date:
    """From when it holds; raises what change_capacity() raises."""
    space = house.spaces.get(code)
    if space is None:
        raise NotFound
    if not may_set_capacity_of(person, space.owner):
        raise NotAllowed("set_space_capacity")
    day = checked_date(wish.valid_from, civil_date(now, house.zone))
    check_last_day(wish.valid_to, day)
    _check(wish, house.policy(code, day))
    return day


def check_unchanged_since(seen: int | None, thing: str, code: str) -> None:
    """Nothing is overwritten unseen: the second of two editors is refused and looks again."""
    if seen is not None and last_change(thing, code) != seen:
        raise Refused([refusal("changed_meanwhile")])


def checked_date(wished: date | None, today: date) -> date:
    """From when a change holds: never before today, for what was true stays true."""
    if wished is not None and wished < today:
        raise BadRequest("from", "in_the_past")
    return wished or today


def check_last_day(last: date | None, first: date) -> None:
    if last is not None and last < first:
        raise BadRequest("to", "ends_before_start")


def checked_reason(reason: str) -> None:
    if not reason.strip():
        raise BadRequest("reason", "required")


def checked_number(field: str, value) -> None:
    if value is not None and not 0 <= value <= MOST_PLACES:
        raise BadRequest(field, "out_of_range", least=0, most=MOST_PLACES)


def _check(wish: CapacityChange, policy: SpacePolicy) -> None:
    checked_reason(wish.reason)
    if wish.ceiling is UNCHANGED and not wish.capacities:
        raise BadRequest("capacity", "required")
    if wish.ceiling is not UNCHANGED:
        checked_number("capacity", wish.ceiling)
    for layout, places in (wish.capacities or {}).items():
        if not layout.replace("_", "").isalnum() or not layout.isascii() or len(layout) > 40:
            raise BadRequest("capacities", "unknown_code")
        checked_number(f"capacities.{layout}", places)
        if places is not None and policy.fire_max is not None and places > policy.fire_max:
            raise BadRequest(f"capacities.{layout}", "above_fire_max", most=policy.fire_max)
        if places is None and layout == policy.default_layout:
            raise BadRequest(f"capacities.{layout}", "default_layout")


def rows_from(space_id: int, day: date, person: Person | None, now: datetime, reason: str) -> list[SpacePolicyRow]:
    """The rows that hold from `day` on, the first of them beginning on it. Nobody: whoever imports by a command."""
    rows = policy_rows(space_id)
    before = [row for row in rows if row.valid_from <= day] or rows[:1]
    current = before[-1]
    if current.valid_from != day:
        copy = SpacePolicyRow(**{name: getattr(current, name) for name in COPIED}, valid_from=day, set_at=now,
                              capacities=[LayoutCapacity(layout=each.layout, places=each.places)
                                          for each in current.capacities])
        db.session.add(copy)
        current = copy
    current.reason, current.set_by_id, current.set_at = reason, person.id if person else None, now
    return [current, *(row for row in rows if row.valid_from > day)]


def rows_during(space_id: int, day: date, last: date | None, person: Person, now: datetime,
                reason: str) -> list[SpacePolicyRow]:
    """As rows_from(), through `last` where there is one: on the day after holds what would have held anyway."""
    if last is not None:
        rows_from(space_id, last + timedelta(days=1), person, now, reason)
        db.session.flush()
    return [row for row in rows_from(space_id, day, person, now, reason) if last is None or row.valid_from <= last]


def apply_capacity(row: SpacePolicyRow, wish: CapacityChange) -> None:
    row.version = (row.version or 0) + 1
    if wish.ceiling is not UNCHANGED:
        row.ceiling = wish.ceiling
    offered = {each.layout: each for each in row.capacities}
    for layout, places in (wish.capacities or {}).items():
        if places is None:
            if layout in offered:
                row.capacities.remove(offered[layout])
        elif layout in offered:
            offered[layout].places = places
        else:
            row.capacities.append(LayoutCapacity(layout=layout, places=places))


def recount(space_id: int, house, now: datetime) -> None:
    """Bookings of unknown attendance count for their layout's places, so they count anew when these change."""
    for booking in bookings_from(now, [space_id]):
        if booking.attendees is None:
            policy = house.policy(booking.space, civil_date(booking.during.start, house.zone))
            persons = policy.persons(None, booking.layout)
            if persons != booking.persons:
                db.session.execute(update(Booking).where(Booking.id == booking.id).values(persons=persons))

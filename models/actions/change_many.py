"""Change places, rules and use of many spaces at once, from a date on: all of them, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.actions.change_capacity import (
    checked_capacity,
    checked_date,
    checked_reason,
    recount,
    rows_from,
    write_capacity,
)
from models.actions.change_policy import checked_policy, write_policy
from models.actions.record import record
from models.queries.bookings import bookings_from
from models.queries.house import the_house
from models.queries.many_changes import changed_since
from models.queries.unfit import AS_GOOD_AS_EVER, bookings_no_longer_fitting
from models.rules.above import AboveLimit, above_places
from models.rules.discretion import Booked
from models.rules.house import House, Space
from models.rules.interval import Interval, civil_date, civil_day
from models.rules.many_changes import ManyChanges, SpaceChange, Turned, if_many_changed, narrowed, turned
from models.rules.person import Person
from models.rules.place_wishes import composites_with
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused, refusal
from models.rules.rights import may_edit_space
from models.rules.unfit import Unfit
from models.rules.what_if import recounted
from models.tables.db import db
from models.tables.transaction import retried, write_transaction

MOST_AT_ONCE = 200
ABOUT_HOURS = "after_hours_allowed"


class ManyRefused(Exception):
    """Nothing was written: `faults` says for each space what is wrong, by its code."""

    def __init__(self, faults: tuple[tuple[str, BadRequest], ...]):
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Effects:
    """What becomes otherwise, and the bookings to come that then do not fit: above the places, outside the hours, or in
    a space that is out of use."""

    turned: tuple[Turned, ...]
    above: tuple[AboveLimit, ...] = ()
    unfit: tuple[Unfit, ...] = ()
    in_the_way: tuple[Booked, ...] = ()

    @property
    def displaced(self) -> frozenset[int]:
        """The numbers of the bookings that do not fit, each once."""
        return frozenset((*(each.booking.id for each in (*self.above, *self.unfit)),
                          *(each.id for each in self.in_the_way)))


def change_many(wish: ManyChanges, person: Person, now: datetime, *, seen: int | None = None) -> Effects:
    """Apply it from its date (today when none is given) and on, as change_capacity() and change_policy() do.

    `seen`: the last_change_of_all() that the editor saw; when somebody was at one of these spaces since, Refused says
    changed_meanwhile. ManyRefused: what is wrong with which space. Some ten queries a space.
    """
    return retried(lambda: _change(wish, person, now, seen))


def effects_of_many(wish: ManyChanges, person: Person, now: datetime) -> Effects:
    """What change_many() would answer, writing nothing. Raises what it would raise, but for changed_meanwhile."""
    house = the_house()
    wish, day = _checked(wish, person, house, now)
    return _effects(wish, house, if_many_changed(house, wish, day), day, now)


def _change(wish: ManyChanges, person: Person, now: datetime, seen: int | None) -> Effects:
    with write_transaction():
        house = the_house()
        wish, day = _checked(wish, person, house, now)
        if seen is not None and changed_since("space", wish.spaces, seen):
            raise Refused([refusal("changed_meanwhile")])
        for code, change in wish.spaces.items():
            _write(house.spaces[code], change, wish.reason, day, person, now)
        db.session.flush()
        after = the_house()
        for code in wish.spaces:
            recount(house.spaces[code].id, after, now)
        effects = _effects(wish, house, after, day, now)
    return effects


def _checked(wish: ManyChanges, person: Person, house: House, now: datetime) -> tuple[ManyChanges, date]:
    """Only what is really otherwise, and from when."""
    checked_reason(wish.reason)
    day = checked_date(wish.valid_from, civil_date(now, house.zone))
    wish = narrowed(wish, house, day)
    if not wish.spaces:
        raise BadRequest("spaces", "nothing_changed")
    if len(wish.spaces) > MOST_AT_ONCE:
        raise BadRequest("spaces", "too_many", most=MOST_AT_ONCE)
    faults = tuple((code, fault) for code, change in wish.spaces.items()
                   for fault in _faults(code, change, wish.reason, day, person, house, now))
    if faults:
        raise ManyRefused(faults)
    return wish, day


def _faults(code: str, change: SpaceChange, reason: str, day: date, person: Person, house: House,
            now: datetime) -> list[BadRequest]:
    if code not in house.spaces:
        raise NotFound
    if change.active is not None and not may_edit_space(person, house.spaces[code].owner):
        raise NotAllowed("edit_places")
    faults = []
    for check, part in ((checked_capacity, change.capacity(reason, day)), (checked_policy, change.policy(reason, day))):
        if part is not None:
            try:
                check(code, part, person, house, now)
            except BadRequest as fault:
                faults.append(fault)
    return faults


def _write(space: Space, change: SpaceChange, reason: str, day: date, person: Person, now: datetime) -> None:
    capacity, policy = change.capacity(reason, day), change.policy(reason, day)
    if capacity is not None:
        write_capacity(space, capacity, day, person, now)
    if policy is not None:
        write_policy(space, policy, day, person, now)
    if change.active is not None:
        for row in rows_from(space.id, day, person, now, reason):
            row.active, row.version = change.active, (row.version or 0) + 1
        db.session.flush()
        record("restore_space" if change.active else "retire_space", "space", space.code, person, now, reason=reason,
               valid_from=day.isoformat())


def _effects(wish: ManyChanges, before: House, after: House, day: date, now: datetime) -> Effects:
    """Ten queries at most, however many spaces and bookings there are."""
    bookings = bookings_from(now, [before.spaces[code].id for code in wish.spaces])
    of_hours = [code for code, change in wish.spaces.items() if ABOUT_HOURS in change.rules]
    gone = [code for code, change in wish.spaces.items() if change.active is False]
    return Effects(
        turned(wish, before, day), above_places(recounted(bookings, after), after),
        bookings_no_longer_fitting(before, after, [Interval(now, now + AS_GOOD_AS_EVER)], now, spaces=of_hours)
        if of_hours else (),
        _in_the_way(gone, before, day, now) if gone else ())


def _in_the_way(codes: list[str], house: House, day: date, now: datetime) -> tuple[Booked, ...]:
    spaces = {house.spaces[code].id for code in codes}
    spaces |= {each.id for code in codes for each in composites_with(house, code)}
    return tuple(bookings_from(max(civil_day(day, house.zone).start, now), sorted(spaces)))

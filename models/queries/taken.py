"""What a wish must be judged against: every booking that holds a place in the building near its time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, or_, select

from models.queries.bookings import overlapping
from models.rules.attendance import HOLDS_PLACE
from models.rules.facts import Facts, Taken
from models.rules.house import House
from models.rules.interval import Interval, joined
from models.rules.policy import LONGEST_BOOKING
from models.tables.booking import Booking
from models.tables.db import UtcDateTime, db

WINDOWS_A_QUERY = 100
_TAKEN = select(
    Booking.id, Booking.space_id, Booking.starts_at, Booking.ends_at, Booking.persons, Booking.exclusive,
    Booking.organiser_id, Booking.wheelchair).where(Booking.status.in_(HOLDS_PLACE))
_START, _END, _EARLIEST = (bindparam(name, type_=UtcDateTime()) for name in ("start", "end", "earliest"))
_IN_ONE_WINDOW = _TAKEN.where(Booking.starts_at < _END, Booking.ends_at > _START, Booking.starts_at > _EARLIEST)


def facts_for(house: House, building: str, windows: Iterable[Interval], organiser_id: int | None) -> Facts:
    """What wishes within `windows` must be judged against. One query per hundred windows; with several buildings two,
    for there the organiser may sit in another one."""
    wide = house.widest_buffer
    stretches = joined(window.widened(wide, wide) for window in windows)
    if len(house.buildings) == 1:
        return Facts(house, _taken(house, stretches))
    inside = [space.id for space in house.spaces.values() if space.building == building]
    own = _taken(house, stretches, Booking.organiser_id == organiser_id) if organiser_id is not None else ()
    return Facts(house, _taken(house, stretches, Booking.space_id.in_(inside)), own)


def _taken(house: House, windows: Sequence[Interval], condition=None) -> tuple[Taken, ...]:
    spaces, found = house.by_id[0], {}
    for number, space_id, starts_at, ends_at, persons, exclusive, organiser_id, wheelchair in _rows(windows, condition):
        space = spaces[space_id]
        found[number] = Taken(number, space.code, Interval(starts_at, ends_at), persons, exclusive or space.exclusive,
                              organiser_id, wheelchair)
    return tuple(sorted(found.values(), key=lambda taken: (taken.during.start, taken.id)))


def _rows(windows: Sequence[Interval], condition):
    """One window, as nearly always, by a statement that was put together once."""
    db.session.flush()
    connection = db.session.connection()
    if len(windows) == 1 and condition is None:
        start, end = windows[0].start, windows[0].end
        yield from connection.execute(_IN_ONE_WINDOW, {"start": start, "end": end, "earliest": start - LONGEST_BOOKING})
        return
    wanted = _TAKEN if condition is None else _TAKEN.where(condition)
    for first in range(0, len(windows), WINDOWS_A_QUERY):
        yield from connection.execute(wanted.where(or_(*map(overlapping, windows[first:first + WINDOWS_A_QUERY]))))

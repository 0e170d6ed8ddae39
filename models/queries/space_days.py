"""What takes each space on some dates, kept in memory until something is written on one of these dates.

Others may write all day elsewhere: each space and its dates have a revision of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from models.queries.kept import kept
from models.queries.revisions import shown_revision, stretch_revision, tables_revision
from models.queries.timelines import read_bookings, read_times
from models.rules.bookings.fields import Booked
from models.rules.finding.day import Day
from models.rules.house.house import House, Space
from models.rules.judging.facts import Taken as Held
from models.rules.times.interval import Interval
from models.tables.db import db
from models.tables.transaction import is_writing

MOST_BOOKINGS, MOST_STRETCHES, MOST_MADE = 20_000, 2_000, 16  # some ten megabytes, with what was made of them
T = TypeVar("T")
B = TypeVar("B", Booked, Held)
Read = Callable[[House, Sequence[int], Interval], list[B]]


@dataclass(slots=True)
class Taken(Generic[B]):
    """`bookings`: whatever takes one space on consecutive dates or near them, by the order of its start. `made`: what
    pages made of it."""

    revision: int
    bookings: list[B]
    made: dict[tuple, Any] = field(default_factory=dict)  # Any: each maker makes its own

    def once(self, key: tuple, make: Callable[[], T]) -> T:
        """What `make` makes of these bookings and the house, made again only once they have changed. The key must tell
        all else that it depends on: who looks, in which language, when."""
        found = self.made.get(key)
        if found is None:
            if len(self.made) >= MOST_MADE:
                self.made.clear()
            found = self.made[key] = make()
        return found


@dataclass
class _Shelf:
    stretches: dict[tuple, Taken[Any]] = field(default_factory=dict)
    bookings: int = 0


def taken_in(spaces: Sequence[Space], days: Sequence[Day]) -> dict[str, Taken[Booked]]:
    """Of each space, whatever takes it on consecutive dates, whether booked itself, as a part of a composite or
    through one of its own parts. Three queries, two where nothing was written there since the last time. Not for
    showing, nor for outsiders of the space: see told_of() and seen_by()."""
    return _taken(spaces, days, read_bookings)


def times_in(spaces: Sequence[Space], days: Sequence[Day]) -> dict[str, Taken[Held]]:
    """The same, but only when and by how many it is taken. Not for outsiders of the space, who may not know that."""
    return _taken(spaces, days, read_times)


def _taken(spaces: Sequence[Space], days: Sequence[Day], read: Read[B]) -> dict[str, Taken[B]]:
    house, shelf = days[0].house, _shelf(days[0].house)
    revisions = _revisions(spaces, days)
    what: tuple[object, ...] = (read, days[0].date, len(days))
    found, missing = {}, []
    for space in spaces:
        known = shelf.stretches.get((space.code, *what))
        if known is not None and known.revision == revisions[space.code]:
            found[space.code] = known
        else:
            missing.append(space)
    if missing:
        for code, bookings in _read(house, missing, days, read).items():
            found[code] = Taken(revisions[code], bookings)
            if not is_writing():
                _keep(shelf, (code, *what), found[code])
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """Which spaces a page shows, by the numbers of all that may take one of them; and from which day of UTC to which:
    those on which dates of a building may lie, with what is kept clear around them."""

    space_ids: tuple[int, ...]
    first: date
    last: date

    @classmethod
    def of(cls, house: House, spaces: Sequence[Space], first: date, last: date) -> Shown:
        ids = {each for space in spaces for each in _ids(house, space)}
        return cls(tuple(sorted(ids)), first - timedelta(days=1), last + timedelta(days=1))


def moved_at(house: House, shown: Shown) -> tuple[int, ...]:
    """Another one as soon as anything may have changed that a page shows of these spaces on these days. One query."""
    return house.revision, *shown_revision(shown.space_ids, shown.first, shown.last, "person")


def stands_at(house: House, shown: Shown) -> tuple[int, ...]:
    """The same, for a page that is about to ask taken_in(): by what that asks too."""
    return house.revision, max(_of_days(shown).values(), default=0), _people()


def _shelf(house: House) -> _Shelf:
    return kept("space days", (house.revision, _people()), _Shelf)


def _revisions(spaces: Sequence[Space], days: Sequence[Day]) -> dict[str, int]:
    house = days[0].house
    found = _of_days(Shown.of(house, spaces, days[0].date, days[-1].date))
    return {space.code: max(map(found.__getitem__, _ids(house, space))) for space in spaces}


def _of_days(shown: Shown) -> dict[int, int]:
    """Of the spaces that were not asked about yet one query."""
    known = _known().setdefault((shown.first, shown.last), {})
    missing = [each for each in shown.space_ids if each not in known]
    if missing:
        known.update(stretch_revision(missing, shown.first, shown.last))
    return {each: known[each] for each in shown.space_ids}


def _people() -> int:
    known = _known().setdefault("person", {})
    if not known:
        known[0] = tables_revision("person")
    return known[0]


def _known() -> dict[object, dict[int, int]]:
    """Revisions are asked once a transaction, for a reader sees no later change; by a writer each time."""
    session = db.session()
    transaction, known = session.info.get("space days", (None, {}))
    if is_writing() or transaction is None or transaction is not session.get_transaction():
        known = {}
    session.info["space days"] = session.get_transaction(), known
    return known


def _ids(house: House, space: Space) -> tuple[int, ...]:
    """Of itself and of its parts: whatever takes one of these marks it."""
    return (space.id, *(house.spaces[part].id for part in space.parts if part != space.code))


def _read(house: House, spaces: Sequence[Space], days: Sequence[Day], read: Read[B]) -> dict[str, list[B]]:
    rows_of_part = defaultdict(list)
    for space in spaces:
        for part in space.parts:
            rows_of_part[part].append(space.code)
    touching = [each for each in house.spaces.values() if not rows_of_part.keys().isdisjoint(each.parts)]
    rows_of = {each.code: {row for part in each.parts for row in rows_of_part.get(part, ())} for each in touching}
    found: dict[str, list[B]] = {space.code: [] for space in spaces}
    for booking in read(house, [each.id for each in touching], Interval(days[0].near.start, days[-1].near.end)):
        for code in rows_of[booking.space]:
            found[code].append(booking)
    return found


def _keep(shelf: _Shelf, key: tuple, taken: Taken[Any]) -> None:
    if shelf.bookings > MOST_BOOKINGS or len(shelf.stretches) > MOST_STRETCHES:
        shelf.stretches.clear()
        shelf.bookings = 0
    shelf.stretches[key] = taken
    shelf.bookings += len(taken.bookings)

"""People over time. A limit is about people present: a load is the peak over an interval, not a count of bookings."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Protocol

from models.rules.times.interval import Interval


@dataclass(frozen=True, slots=True)
class Presence:
    """So many people during an interval."""

    during: Interval
    persons: int


class Present(Protocol):
    """A presence, or whatever else has people in it for a time."""

    @property
    def during(self) -> Interval: ...

    @property
    def persons(self) -> int: ...


def comings_and_goings(people: Iterable[tuple[Interval, int]]) -> dict[datetime, int]:
    """By how many people more or fewer there are from each instant on."""
    changes: dict[datetime, int] = {}
    for during, persons in people:
        changes[during.start] = changes.get(during.start, 0) + persons
        changes[during.end] = changes.get(during.end, 0) - persons
    return changes


def together(parts: Iterable[Mapping[datetime, int]]) -> dict[datetime, int]:
    """The comings and goings of several."""
    changes: dict[datetime, int] = {}
    for part in parts:
        for instant, persons in part.items():
            changes[instant] = changes.get(instant, 0) + persons
    return changes


def stretches_above(changes: Mapping[datetime, int], limit: Callable[[datetime], int | None]) -> Iterator[Interval]:
    """When there are more than the limit of the instant from which on there are so many."""
    instants, persons = sorted(changes), 0
    for instant, until in pairwise(instants):
        persons += changes[instant]
        if persons > 0 and (most := limit(instant)) is not None and persons > most:
            yield Interval(instant, until)


class Course:
    """How many people at each instant, swept once: the most in any part of it is then looked up, not counted."""

    __slots__ = ("_instants", "_persons")

    def __init__(self, presences: Iterable[Present]):
        changes = comings_and_goings((each.during, each.persons) for each in presences)
        self._instants = sorted(changes)
        self._persons = list(accumulate(changes[instant] for instant in self._instants))

    def most(self, during: Interval) -> int:
        """What peak() says of the same presences: from those already there when it starts."""
        first, last = bisect_right(self._instants, during.start), bisect_left(self._instants, during.end)
        return max(self._persons[max(first - 1, 0) : last], default=0)


def profile(presences: Iterable[Presence], during: Interval) -> tuple[Presence, ...]:
    """How many people at each instant of `during`: consecutive stretches that cover it whole, each with another number
    than the one before."""
    instants, changes = _changes(presences, during)
    stretches: list[Presence] = []
    persons = 0
    for instant, until in zip(instants, [*instants[1:], during.end], strict=True):
        persons += changes[instant]
        if stretches and stretches[-1].persons == persons:
            stretches[-1] = Presence(Interval(stretches[-1].during.start, until), persons)
        else:
            stretches.append(Presence(Interval(instant, until), persons))
    return tuple(stretches)


def peak(presences: Iterable[Presence], during: Interval) -> int:
    """The most people present at any one instant of `during`."""
    instants, changes = _changes(presences, during)
    return max(accumulate(changes[instant] for instant in instants))


def _changes(presences: Iterable[Presence], during: Interval) -> tuple[list[datetime], dict[datetime, int]]:
    """The instants of `during` at which somebody comes or goes, its start first, and by how many people."""
    changes: dict[datetime, int] = {during.start: 0}
    for presence in presences:
        start, end = max(presence.during.start, during.start), min(presence.during.end, during.end)
        if start < end:
            changes[start] = changes.get(start, 0) + presence.persons
            changes[end] = changes.get(end, 0) - presence.persons
    return sorted(instant for instant in changes if instant < during.end), changes

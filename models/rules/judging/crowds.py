"""Who else is where one wish is: how many people, from when until when, and nothing else of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.house.house import Space
from models.rules.house.policy import LONGEST_BOOKING
from models.rules.presence.headcount import Presence
from models.rules.times.interval import Interval


@dataclass(frozen=True, slots=True)
class Crowd:
    """The people of some bookings of a building that begin and end together; be they in the wish's own zone, on its own
    floor. `in_refuge`: of those, whoever would have to wait on the stairs."""

    during: Interval
    persons: int
    in_refuge: int
    in_zone: bool
    on_floor: bool


class Crowds:
    """Everybody in the zone, on the floor and in the building of one space, near the time in question. Of another place
    nothing is known: to ask for that is a mistake of ours."""

    def __init__(self, here: Space, crowds: Iterable[Crowd]) -> None:
        self._here, self._crowds = here, sorted(crowds, key=lambda each: each.during.start)
        on_floor = [each for each in self._crowds if each.on_floor]
        self._people: Mapping[tuple[str, str], Course] = {
            ("zone", here.zone): Course([_people(each) for each in self._crowds if each.in_zone]),
            ("floor", here.floor): Course([_people(each) for each in on_floor]),
            ("building", here.building): Course([_people(each) for each in self._crowds]),
        }
        self._waiting = {here.floor: Course([_waiting(each) for each in on_floor if each.in_refuge])}

    def people(self, scope: str, place: str, during: Interval, *, without: int | None) -> Sequence[Presence]:
        assert without is None, "nobody knows who is who in a crowd"
        return self._people[scope, place].near(during)

    def in_refuge(self, floor: str, during: Interval, *, without: int | None) -> Sequence[Presence]:
        assert without is None, "nobody knows who is who in a crowd"
        return self._waiting[floor].near(during)

    def with_one_more(self, space: Space, during: Interval, persons: int, in_refuge: int) -> Crowds:
        """The same once another booking stands."""
        here = self._here
        if space.building != here.building:
            return self
        crowd = Crowd(during, persons, in_refuge, space.zone == here.zone, space.floor == here.floor)
        return Crowds(here, (*self._crowds, crowd))


class Course:
    """How many come and go in a place, in order of start."""

    def __init__(self, presences: list[Presence]) -> None:
        self._presences = presences
        self._starts: list[datetime] = [each.during.start for each in presences]

    def near(self, during: Interval) -> Sequence[Presence]:
        """Whoever may be there at some instant of `during`."""
        first = bisect_left(self._starts, during.start - LONGEST_BOOKING)
        return self._presences[first : bisect_left(self._starts, during.end)]


def _people(crowd: Crowd) -> Presence:
    return Presence(crowd.during, crowd.persons)


def _waiting(crowd: Crowd) -> Presence:
    return Presence(crowd.during, crowd.in_refuge)

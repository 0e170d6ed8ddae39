"""Who is where at one time or another of a date: each date is swept once, and then asked about as often as need be."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from models.rules.house.house import Space
from models.rules.house.policy import LONGEST_BOOKING
from models.rules.presence.headcount import Course, Presence, Present
from models.rules.times.interval import Interval, civil_dates

P = TypeVar("P", bound=Present)
Place = tuple[str, str]  # zone, floor or building, and its code


@dataclass(frozen=True, slots=True)
class Group:
    """People who come and go at the same instants, of however many bookings, and nothing else of them. `places`: their
    zone, floor and building, as far as anybody will ask about these."""

    during: Interval
    persons: int
    in_refuge: int
    places: tuple[Place, ...]


def places_of(space: Space) -> tuple[Place, ...]:
    """Its zone, floor and building: where a limit may count whoever is in it."""
    return ("zone", space.zone), ("floor", space.floor), ("building", space.building)


def near(all_of_them: Sequence[P], during: Interval) -> Sequence[P]:
    """Those who may be there at some instant of `during`, of whoever is given in order of start: not those who come
    later, nor those who came more than the longest booking before."""
    first, last = (bisect_left(all_of_them, at, key=_start) for at in (during.start - LONGEST_BOOKING, during.end))
    return all_of_them[first:last]


def _start(present: Present) -> datetime:
    return present.during.start


class Gathered:
    """`present_on`: whoever may be in the house at some time of a date."""

    def __init__(self, zone: ZoneInfo, present_on: Callable[[date], Iterable[Group]]):
        self._zone, self._present_on = zone, present_on
        self._days: dict[date, dict[Place, list[Group]]] = {}
        self._courses: dict[tuple[date, Place], Course] = {}

    def most_people(self, place: Place, during: Interval) -> int:
        """At one instant of `during`. Beyond its midnights a date knows too few, never too many: the highest holds."""
        return max(self._course(place, day).most(during) for day in civil_dates(during, self._zone))

    def most_in_refuge(self, place: Place, during: Interval) -> int:
        """The same of people in a wheelchair whom nobody would help down the stairs."""
        return max(
            Course(Presence(each.during, each.in_refuge) for each in self._here(place, day) if each.in_refuge).most(
                during
            )
            for day in civil_dates(during, self._zone)
        )

    def _course(self, place: Place, day: date) -> Course:
        key = day, place
        if key not in self._courses:
            self._courses[key] = Course(self._here(place, day))
        return self._courses[key]

    def _here(self, place: Place, day: date) -> list[Group]:
        if day not in self._days:
            found = defaultdict[Place, list[Group]](list)
            for group in self._present_on(day):
                for where in group.places:
                    found[where].append(group)
            self._days[day] = found
        return self._days[day].get(place, [])

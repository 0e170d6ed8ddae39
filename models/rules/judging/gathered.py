"""Who is where at one time or another of a date: each date is swept once, and then asked about as often as need be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from models.rules.house.house import House
from models.rules.presence.headcount import Course, Presence
from models.rules.times.interval import Interval, civil_dates

Place = tuple[str, str]  # zone, floor or building, and its code


@dataclass(frozen=True, slots=True)
class Group:
    """People who come and go at the same instants, of however many bookings. `space`: one of those they are in; all of
    them are in its zone."""

    space: str
    during: Interval
    persons: int
    in_refuge: int = 0


class Gathered:
    """`present_on`: whoever is in the building at some time of a date."""

    def __init__(self, house: House, present_on: Callable[[date], Iterable[Group]]):
        self._house, self._present_on = house, present_on
        self._days: dict[date, dict[Place, list[Group]]] = {}
        self._courses: dict[tuple[date, Place], Course] = {}

    def most_people(self, place: Place, during: Interval) -> int:
        """At one instant of `during`. Beyond its midnights a date knows too few, never too many: the highest holds."""
        return max(self._course(place, day).most(during) for day in civil_dates(during, self._house.zone))

    def most_in_refuge(self, place: Place, during: Interval) -> int:
        """The same of people in a wheelchair whom nobody would help down the stairs."""
        return max(
            Course(Presence(each.during, each.in_refuge) for each in self._here(place, day)).most(during)
            for day in civil_dates(during, self._house.zone)
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
                space = self._house.spaces[group.space]
                for where in (("zone", space.zone), ("floor", space.floor), ("building", space.building)):
                    found[where].append(group)
            self._days[day] = found
        return self._days[day].get(place, [])

"""A day of a made-up town hall: full on Tuesday and Thursday, quiet on Friday and in summer, empty at noon.

Nothing is made that the rules would refuse: no space is held twice, no one sits at two desks, everything lies within
the hours, and nobody comes in where zone, floor or building are full.
"""

from __future__ import annotations

import random  # noqa: TID251 - who meets whom on which day is no secret
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property

from models.rules.house.house import House, Space
from models.rules.house.policy import HALF_DAYS
from models.rules.loads.course import HABITS, Booking, Refused, course_of
from models.rules.people.person import Person
from models.rules.times.interval import Interval, nearest_utc

BUSY = {1: 0.52, 2: 0.64, 3: 0.48, 4: 0.62, 5: 0.18}  # of the desks, each half day
SUMMER, IN_SUMMER = (7, 8), 0.6
QUARTER = 15
ROOM_DAY = (8 * 60, 17 * 60)
LENGTHS = (30, 60, 60, 60, 90, 120)
TALKS = (30, 30, 45, 45, 60)


class Town:
    """A house and its people, sorted once for all the days that are made of them."""

    def __init__(self, house: House, people: Iterable[Person], seed: int) -> None:
        self.house, self.seed = house, seed
        self.people = [each for each in people if each.active and not each.is_outside]
        self.at_desks = [each for each in self.people if each.home_zone]
        self.spaces: dict[str, list[Space]] = defaultdict(list)
        for space in house.spaces.values():
            self.spaces[space.kind].append(space)

    @cached_property
    def teams(self) -> dict[str, list[Person]]:
        """By the zone of their desks."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.at_desks:
            found[str(person.home_zone)].append(person)
        return found

    @cached_property
    def in_buildings(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.at_desks:
            found[self.house.building_of(person.home_zone)].append(person)
        return found

    def is_open(self, day: date) -> bool:
        """Whether anybody works then."""
        return day.isoweekday() in BUSY and not any(
            each.day == day and not each.organisations for each in self.house.closures
        )


class Day:
    """One day of a town, made by chance that hangs on nothing but the seed and the date."""

    def __init__(self, town: Town, day: date, now: datetime) -> None:
        self.town, self.day, self.now = town, day, now
        self.chance = random.Random(f"{town.seed} {day}")
        self.busy = BUSY.get(day.isoweekday(), 0.0) * (IN_SUMMER if day.month in SUMMER else 1)
        self.midnight = datetime.combine(day, time())
        self.crowds: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 96)

    def bookings(self) -> Iterator[tuple[Booking, Refused | None]]:
        """In order of their making; with some, who asked for the same place in vain."""
        for made in (*self._desks(), *self._rooms(), *self._talks(), *self._duties()):
            late = self.chance.random() < made.habit.in_vain
            yield made, self._too_late(made) if late else None

    def _desks(self) -> Iterator[Booking]:
        by_zone: dict[str, list[Space]] = defaultdict(list)
        for desk in self.town.spaces["desk"]:
            by_zone[desk.zone].append(desk)
        share = self.busy * self._as_yet("desk")
        for zone, desks in by_zone.items():
            team = list(self.town.teams.get(zone, ()))
            self.chance.shuffle(team)
            where = dict(zip((person.id for person in team), self.chance.sample(desks, len(desks)), strict=False))
            for block in HALF_DAYS:
                coming = [each for each in team if each.id in where]
                coming = self.chance.sample(coming, min(len(coming), self._about(share * len(desks))))
                yield from self._booked(((where[person.id], person, block) for person in coming), persons=1)

    def _rooms(self) -> Iterator[Booking]:
        share = min(1.0, self.busy / 0.55) * self._as_yet("meeting_room")
        for room in self.town.spaces["meeting_room"]:
            hosts = self.town.in_buildings.get(room.building) or self.town.at_desks
            places = max(2, self.town.house.policy(room.code, self.day).capacities["boardroom"])
            at, end = ROOM_DAY
            while at < end:
                length = self.chance.choice(LENGTHS)
                is_noon = at < 13 * 60 and at + length > 12 * 60
                if self.chance.random() < share * (0.15 if is_noon else 0.62) and at + length <= end:
                    wanted = (room, self.chance.choice(hosts), (at, at + length))
                    yield from self._booked([wanted], persons=self.chance.randint(2, places))
                    at += length + QUARTER
                else:
                    at += 60

    def _talks(self) -> Iterator[Booking]:
        """In booths, while residents may be there: some by appointment, others of who just came in."""
        share = min(1.0, self.busy / 0.45) * self._as_yet("booth")
        for booth in self.town.spaces["booth"]:
            talkers = self._of_zone(booth)
            for at, closes in self._public_hours(booth):
                while at + QUARTER * 2 <= closes:
                    length = min(self.chance.choice(TALKS), (closes - at) // QUARTER * QUARTER)
                    if talkers and self.chance.random() < share * 0.6:
                        wanted = (booth, self.chance.choice(talkers), (at, at + length))
                        yield from self._booked([wanted], persons=self.chance.randint(2, 4))
                    at += length + QUARTER

    def _duties(self) -> Iterator[Booking]:
        for counter in self.town.spaces["counter"]:
            staff = self._of_zone(counter)
            for hours in self._public_hours(counter):
                if staff and self.chance.random() < 0.85 * self._as_yet("counter"):
                    yield from self._booked([(counter, self.chance.choice(staff), hours)], persons=1)

    def _booked(self, wanted: Iterable[tuple[Space, Person, tuple[int, int]]], *, persons: int) -> Iterator[Booking]:
        """Those for whom there is room, with what became of each."""
        for space, person, (opens, closes) in wanted:
            made = course_of(self.chance, space, person, self._between(opens, closes), persons, self.now)
            quarters = range(opens // QUARTER, -(-closes // QUARTER))
            if not made.holds_place or self._takes(space, quarters, persons):
                yield made

    def _takes(self, space: Space, quarters: range, persons: int) -> bool:
        """Whether there is room in zone, floor and building, which is taken then."""
        house = self.town.house
        scopes = [("zone", space.zone), ("floor", space.floor), ("building", space.building)]
        for scope in scopes:
            most, crowd = house.limit(*scope, self.day), self.crowds[scope]
            if most is not None and any(crowd[n] + persons > most for n in quarters):
                return False
        for scope in scopes:
            for n in quarters:
                self.crowds[scope][n] += persons
        return True

    def _of_zone(self, space: Space) -> list[Person]:
        return self.town.teams.get(space.zone) or []

    def _public_hours(self, space: Space) -> list[tuple[int, int]]:
        """In minutes of the day."""
        hours, zone = self.town.house.hours, self.town.house.zone
        open_then = hours.of_kind("public", [("zone", space.zone)], self.day)
        local = [(each.start.astimezone(zone), each.end.astimezone(zone)) for each in open_then]
        return [(start.hour * 60 + start.minute, end.hour * 60 + end.minute) for start, end in local]

    def _too_late(self, made: Booking) -> Refused | None:
        """Somebody else who asks for the very place after it was booked."""
        asked_at = made.created_at + (min(made.during.start, self.now) - made.created_at) * self.chance.random()
        others = self.town.in_buildings.get(made.space.building) or self.town.at_desks
        return Refused(made, self.chance.choice(others), asked_at) if made.holds_place else None

    def _between(self, opens: int, closes: int) -> Interval:
        zone = self.town.house.zone
        start, end = (nearest_utc(self.midnight + timedelta(minutes=each), zone) for each in (opens, closes))
        return Interval(start, end)

    def _as_yet(self, kind: str) -> float:
        """How much of a day to come is booked already."""
        days = (self.day - self.now.astimezone(self.town.house.zone).date()).days
        return 1.0 if days <= 0 else max(0.0, 1 - days / HABITS[kind].ahead) ** 2

    def _about(self, number: float) -> int:
        return int(number) + (self.chance.random() < number % 1)

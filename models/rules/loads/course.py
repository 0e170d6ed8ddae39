"""What becomes of a made-up booking: made some days before or at the door, kept, called off, or nobody comes."""

from __future__ import annotations

import random  # noqa: TID251 - who does not come is no secret
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from models.rules.bookings.attendance import HELD_PLACE
from models.rules.house.house import Space
from models.rules.people.person import Person
from models.rules.times.interval import Interval

CALLED_OFF = 0.06
AT_MOST_LATE = 5  # minutes


@dataclass(frozen=True, slots=True)
class Habit:
    """How people book one kind of space. `ahead`: days; `at_the_door`, `nobody_comes`, `in_vain`: of so many who book,
    how many just come in, stay away, or ask for what is taken; `is_for_clients`: a service is told, and how many
    visitors."""

    layout: str
    ahead: int
    at_the_door: float = 0
    nobody_comes: float = 0
    in_vain: float = 0.05
    grace: timedelta = timedelta(minutes=15)
    privacy: str = "busy"
    titles: int = 0
    is_for_clients: bool = False
    brings_visitors: bool = False


HABITS: Mapping[str, Habit] = {
    "desk": Habit("desk", 14, nobody_comes=0.09, grace=timedelta(minutes=60)),
    "meeting_room": Habit("boardroom", 60, 0.08, 0.07, privacy="title", titles=90),
    "booth": Habit("interview", 30, 0.4, 0.1, grace=timedelta(minutes=10), is_for_clients=True, brings_visitors=True),
    "counter": Habit("counter", 14, in_vain=0, is_for_clients=True),
}
FARTHEST_AHEAD = max(habit.ahead for habit in HABITS.values())


class Booking(NamedTuple):
    """A booking as it is written past the rules. `ended_at`: when it got the status that it has; None while it waits
    for its start."""

    space: Space
    person: Person
    during: Interval
    persons: int
    status: str
    created_at: datetime
    ended_at: datetime | None
    checked_in_at: datetime | None
    is_at_the_door: bool
    title: str | None

    @property
    def holds_place(self) -> bool:
        return self.status in HELD_PLACE

    @property
    def habit(self) -> Habit:
        return HABITS[self.space.kind]

    @property
    def channel(self) -> str:
        return "counter" if self.is_at_the_door and self.habit.is_for_clients else "web"


class Refused(NamedTuple):
    """Somebody who asked for a place that was taken."""

    taken: Booking
    person: Person
    at: datetime


def course_of(
    chance: random.Random, space: Space, person: Person, during: Interval, persons: int, now: datetime
) -> Booking:
    """A booking of this person, as it stands at `now`."""
    habit = HABITS[space.kind]
    at_the_door = during.start <= now and chance.random() < habit.at_the_door
    if at_the_door:
        made = during.start - timedelta(minutes=chance.randint(0, 5))
    else:
        made = min(during.start, now) - timedelta(days=habit.ahead) * chance.random() ** 2 - timedelta(minutes=10)
    status, since, came = "confirmed", None, None
    luck = 1.0 if at_the_door else chance.random()
    if luck < CALLED_OFF:
        status, since = "cancelled", made + (min(during.start, now) - made) * chance.random()
    elif luck < CALLED_OFF + habit.nobody_comes and during.start + habit.grace <= now:
        status, since = "released", during.start + habit.grace
    elif during.start + timedelta(minutes=AT_MOST_LATE) <= now:
        status, since = ("completed", during.end) if during.end <= now else ("checked_in", during.start)
        came = during.start + timedelta(minutes=chance.randint(-5, AT_MOST_LATE))
    title = f"Overleg {chance.randrange(habit.titles)}" if habit.titles else None
    return Booking(space, person, during, persons, status, made, since, came, at_the_door, title)

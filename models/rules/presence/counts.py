"""Who is in the building now, as far as anybody knows: checked in, expected, counted without a name, or unknown.

A booking is never a person present: it says who may come. Only a check-in or somebody who counted says who is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, detail_for, may_be_named_for_rescue
from models.rules.people.rights import holds
from models.rules.times.interval import civil_date

COUNT_HOLDS = timedelta(minutes=30)
LIST_HOLDS = timedelta(hours=1)  # an evacuation list on paper or in a file; after that, others are in the house
SORTS = ("checked_in", "counted", "expected", "unknown")


@dataclass(frozen=True, slots=True)
class LiveCount:
    """Everyone who was in an open space at `at`, whether they booked or not. It goes stale at `until`."""

    space: str
    persons: int
    at: datetime
    until: datetime

    @classmethod
    def made(cls, space: str, persons: int, at: datetime) -> LiveCount:
        return cls(space, persons, at, at + COUNT_HOLDS)

    def beside(self, booked: int) -> int:
        """Those whom `booked` people of the same space at the same instant do not account for: who booked is among the
        counted, so that a space holds the larger of both numbers, never their sum."""
        return max(self.persons - booked, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """The people of one booking, or those counted in an open space beyond whoever checked in there.

    `persons`: of the unknown, the most that they can be. `is_here`: some of them are in the house for certain.
    `name` and `buddy` stand only on an evacuation list: whom to look for, and who stays with the wheelchair users.
    """

    key: str
    space: str
    sort: str
    persons: int
    since: datetime
    until: datetime
    is_here: bool = False
    wheelchair: int = 0
    booking: int | None = None
    name: str | None = None
    buddy: str | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many of each sort are in a place, and since when each number holds. `at_most`: when all of them come who may:
    where somebody counted, whoever is expected there may be among the counted."""

    persons: Mapping[str, int] = field(default_factory=dict)
    since: Mapping[str, datetime] = field(default_factory=dict)
    at_most: int = 0

    @property
    def here(self) -> int:
        """People who are present for certain; those of whom nobody knows how many they are not among them."""
        return self.persons["checked_in"] + self.persons["counted"]


def tally_from(persons: int, at: datetime, now: datetime, zone: ZoneInfo) -> int:
    """From where somebody who adds one goes on: the day's last count, stale or not, since that is what they see before
    them; from nobody on another day."""
    return persons if civil_date(at, zone) == civil_date(now, zone) else 0


def lines_now(
    bookings: Iterable[Booked], counts: Iterable[LiveCount], house: House, now: datetime, viewer: Viewer | None = None
) -> tuple[Line, ...]:
    """`bookings`: those that hold a place at this moment. In order of floor, zone and space.

    A viewer who sees no more of a booking than a taken place does not learn whether its people came either: to them
    they are unknown, but for those who clear the building. Without a viewer it is the evacuation list itself.
    """
    day = civil_date(now, house.zone)
    lines = [_line(booking, house, day, viewer) for booking in bookings]
    for count in counts:
        beyond = count.beside(
            sum(line.persons for line in lines if line.space == count.space and line.sort == "checked_in")
        )
        if beyond:
            lines.append(Line(f"c-{count.space}", count.space, "counted", beyond, count.at, count.until, True))
    return tuple(sorted(lines, key=lambda line: _where(line, house)))


def crowd(lines: Iterable[Line]) -> Crowd:
    """Of the counted, the oldest count says since when; of the others, whoever came or is expected last."""
    persons, since = dict.fromkeys(SORTS, 0), dict[str, datetime]()
    counted, coming = dict[str, int](), dict[str, int]()
    for line in lines:
        persons[line.sort] += line.persons
        choose = min if line.sort == "counted" else max
        since[line.sort] = choose(line.since, since.get(line.sort, line.since))
        if line.sort != "checked_in":
            some = counted if line.sort == "counted" else coming
            some[line.space] = some.get(line.space, 0) + line.persons
    beyond = sum(max(number - counted.get(space, 0), 0) for space, number in coming.items())
    return Crowd(persons, since, persons["checked_in"] + persons["counted"] + beyond)


def _line(booking: Booked, house: House, day: date, viewer: Viewer | None) -> Line:
    told = viewer is None or holds(viewer.person, "see_evacuation") or detail_for(viewer, booking) != "busy"
    came = told and booking.status == "checked_in"
    is_number_known = booking.attendees is not None or house.policy(booking.space, day).traits.one_person
    sort = ("checked_in" if came else "expected") if told and is_number_known else "unknown"
    named = viewer is None and may_be_named_for_rescue(house, booking)
    return Line(
        f"b-{booking.handle}",
        booking.space,
        sort,
        booking.persons,
        (came and booking.checked_in_at) or booking.during.start,
        booking.during.end,
        came,
        (told and booking.wheelchair) or 0,
        booking.id,
        booking.organiser_name if named else None,
        booking.evacuation_buddy if named else None,
    )


def _where(line: Line, house: House) -> tuple[object, ...]:
    space = house.spaces[line.space]
    floor = house.floors[space.floor]
    return floor.level, floor.code, space.zone, space.code, SORTS.index(line.sort), line.key

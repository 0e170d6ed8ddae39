"""The duties of a date: what the weekly pattern and single dates say, within the hours of the counter's zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from models.rules.house.house import House, Space
from models.rules.times.hours import closed_for
from models.rules.times.interval import Interval, minus
from models.rules.values import ALWAYS

HalfDay = Literal["am", "pm"]
Weeks = Literal["all", "odd", "even"]
HALF_DAYS: tuple[HalfDay, ...] = ("am", "pm")
WEEKS: tuple[Weeks, ...] = ("all", "odd", "even")
AFTERNOON = time(13)  # public hours that begin before it are the morning's, however long they last
COUNTER = "counter"  # the sort of space that has duties


@dataclass(frozen=True, slots=True)
class WeeklyDuty:
    """A counter's morning or afternoon of a weekday, 1 for Monday, in all ISO weeks, or the odd or even ones. Nobody
    has it yet where there is no person. `valid_to`: its last day."""

    weekday: int
    half_day: HalfDay
    counter: str
    service: str
    person_id: int | None = None
    weeks: Weeks = "all"
    valid_from: date = ALWAYS
    valid_to: date | None = None
    id: int = 0

    def falls_on(self, day: date) -> bool:
        _year, week, weekday = day.isocalendar()
        return (
            weekday == self.weekday
            and (self.weeks == "all" or (self.weeks == "odd") == bool(week % 2))
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )

    def meets(self, other: WeeklyDuty) -> bool:
        """Whether both can fall on one half-day. An odd week may follow an odd one, but none is both."""
        return (
            (self.weekday, self.half_day) == (other.weekday, other.half_day)
            and (self.weeks == other.weeks or "all" in (self.weeks, other.weeks))
            and (self.valid_to is None or other.valid_from <= self.valid_to)
            and (other.valid_to is None or self.valid_from <= other.valid_to)
        )


@dataclass(frozen=True, slots=True)
class DayDuty:
    """What a counter's half-day is on one date, whatever the pattern says. Without a service: no duty at all."""

    day: date
    half_day: HalfDay
    counter: str
    service: str | None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """The weekly pattern of all time, and what is otherwise on single dates."""

    weekly: tuple[WeeklyDuty, ...] = ()
    days: tuple[DayDuty, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody, or nobody yet, at a counter for a service, as long as residents come there that half-day."""

    counter: str
    service: str
    person_id: int | None
    during: tuple[Interval, ...]
    half_day: HalfDay = "am"

    def is_at(self, moment: datetime) -> bool:
        return any(each.has(moment) for each in self.during)


def duties_on(day: date, roster: Roster, house: House, zone: str | None = None) -> list[Duty]:
    """Of a zone or of the whole house, by half-day and counter. None where residents do not come that half-day, where
    the service's organisation is closed, or at what is no counter in use."""
    found = []
    for half_day, counter, service, person_id in _meant(day, roster):
        space = house.spaces.get(counter)
        if space is None or service not in house.services or (zone is not None and space.zone != zone):
            continue
        during = hours_of(half_day, day, space, house, house.services[service].organisation)
        if during:
            found.append(Duty(counter, service, person_id, during, half_day))
    order = {code: at for at, code in enumerate(house.spaces)}
    return sorted(found, key=lambda duty: (HALF_DAYS.index(duty.half_day), order[duty.counter]))


def hours_of(
    half_day: HalfDay, day: date, counter: Space, house: House, organisation: str | None = None
) -> tuple[Interval, ...]:
    """When residents come to a counter on a morning or afternoon, less the hours in which an organisation is closed."""
    if not house.is_in_use(counter, day) or not house.policy(counter.code, day).active:
        return ()
    opened = [
        stretch
        for stretch in house.hours.of_kind("public", (("space", counter.code), ("zone", counter.zone)), day)
        if half_day_of(stretch, house) == half_day
    ]
    if organisation is None or not opened:
        return tuple(opened)
    closed = closed_for(house.closures, organisation, Interval(opened[0].start, opened[-1].end), house.zone)
    return minus(opened, closed)


def half_day_of(stretch: Interval, house: House) -> HalfDay:
    """To which half-day public hours belong: by when they begin."""
    return "am" if stretch.start.astimezone(house.zone).time() < AFTERNOON else "pm"


def _meant(day: date, roster: Roster) -> Iterator[tuple[HalfDay, str, str, int | None]]:
    """What the roster says of a date, be anybody open or not: a single date's word before the pattern's."""
    of_the_day = {(each.half_day, each.counter): each for each in roster.days if each.day == day}
    for weekly in roster.weekly:
        if (weekly.half_day, weekly.counter) not in of_the_day and weekly.falls_on(day):
            yield weekly.half_day, weekly.counter, weekly.service, weekly.person_id
    for each in of_the_day.values():
        if each.service is not None:
            yield each.half_day, each.counter, each.service, each.person_id


def at_work(duties: Iterable[Duty], service: str, moment: datetime, away: frozenset[int]) -> list[int]:
    """Who is on duty for a service at a moment, by number, each once."""
    people = {duty.person_id for duty in duties if duty.service == service and duty.is_at(moment)}
    return sorted(person_id for person_id in people if person_id is not None and person_id not in away)

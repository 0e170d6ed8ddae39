"""A civil date in whole minutes, and who looks at it when: a page reckons with a thousand stretches of one date.

Minutes are those gone since its midnight, 1380 to 1500 of them. On all but two dates a year the wall says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from models.rules.house.house import House, Space
from models.rules.house.policy import SpacePolicy
from models.rules.judging.when import MINUTE, desk_blocks
from models.rules.people.discretion import Viewer
from models.rules.people.person import Person
from models.rules.times.hours import HoursKind, closed_for
from models.rules.times.interval import Interval, civil_date, civil_day
from models.rules.values import MINUTES_A_DAY

Stretch = tuple[int, int]  # from one minute of the date until another


@dataclass(frozen=True)
class Day:
    """A date as `viewer` looks at it at the instant `now`."""

    date: date
    viewer: Viewer
    now: datetime

    @property
    def house(self) -> House:
        return self.viewer.house

    @cached_property
    def person(self) -> Person:
        assert self.viewer.person is not None, "what is free is shown to nobody from the street"
        return self.viewer.person

    @cached_property
    def during(self) -> Interval:
        return civil_day(self.date, self.house.zone)

    @cached_property
    def near(self) -> Interval:
        """Whatever is booked in it may stand in the way of something on this date."""
        return self.during.widened(self.house.widest_buffer, self.house.widest_buffer)

    @cached_property
    def length(self) -> int:
        return self.during.length // MINUTE

    @cached_property
    def is_today(self) -> bool:
        return self.date == civil_date(self.now, self.house.zone)

    @property
    def now_minute(self) -> int | None:
        return self.minute(self.now) if self.is_today else None

    def later(self, days: int) -> Day:
        return Day(self.date + timedelta(days=days), self.viewer, self.now)

    @cached_property
    def _midnight(self) -> datetime:
        return self.during.start

    def gone(self, instant: datetime) -> int:
        """How much of it is over at an instant: 0 when before it, its length when after it."""
        passed = instant - self._midnight
        minutes = passed.days * MINUTES_A_DAY + passed.seconds // 60
        return minutes if 0 <= minutes <= self.length else 0 if minutes < 0 else self.length

    def stretch(self, during: Interval) -> Stretch:
        return self.gone(during.start), self.gone(during.end)

    def interval(self, stretch: Stretch) -> Interval:
        return Interval(*(self._midnight + gone * MINUTE for gone in stretch))

    def wall(self, gone: int) -> int:
        """What the wall clock says after so many minutes, 1440 at its end."""
        if self.length == MINUTES_A_DAY:
            return gone
        if gone in (0, self.length):
            return gone and MINUTES_A_DAY
        wall = (self._midnight + gone * MINUTE).astimezone(self.house.zone)
        return wall.hour * 60 + wall.minute

    def minute(self, instant: datetime) -> int:
        """Where an instant lies on its wall clock: 0 when before it, 1440 when after it."""
        return self.wall(self.gone(instant))

    def on_wall(self, stretch: Stretch) -> Stretch:
        return stretch if self.length == MINUTES_A_DAY else (self.wall(stretch[0]), self.wall(stretch[1]))

    def on_grid(self, gone: int, step: int, *, up: bool = False) -> int:
        """The start of the slot of the wall clock's grid in which a minute lies, or with `up` the first one that is not
        before it."""
        if self.length == MINUTES_A_DAY:
            return gone + -gone % step if up else gone - gone % step
        while self.wall(gone) % step:  # across a change of the clocks no slot is where the last one says
            gone += 1 if up else -1
        return gone

    @cached_property
    def over(self) -> int:
        """How much of it is by now."""
        return self.gone(self.now)

    @cached_property
    def worked_out(self) -> dict[tuple[object, ...], Any]:  # Any: each maker keeps its own, its name first in the key
        """What is the same for many of its spaces."""
        return {}

    def policy(self, space: Space) -> SpacePolicy:
        return self.house.policy(space.code, self.date)

    @cached_property
    def _hours(self) -> dict[tuple[str | None, str, tuple[HoursKind, ...]], list[Stretch]]:
        return {}

    def hours(self, policy: SpacePolicy, *kinds: HoursKind) -> list[Stretch]:
        """Worked out once for all spaces of a zone but those with hours of their own."""
        own = policy.space if self.house.hours.knows(("space", policy.space)) else None
        key = own, policy.zone, kinds
        if key not in self._hours:
            found = self.house.hours.stretches(policy.scopes, self.during, kinds)
            self._hours[key] = [self.stretch(each) for each in found if each.overlaps(self.during)]
        return self._hours[key]

    @cached_property
    def halves(self) -> list[Stretch]:
        """A desk's morning and afternoon."""
        return [self.stretch(half) for half in desk_blocks(self.date, self.house.zone)[:2]]

    @cached_property
    def closed(self) -> list[Stretch]:
        """When the viewer's organisation is."""
        found = closed_for(self.house.closures, self.person.organisation, self.during, self.house.zone)
        return [self.stretch(each) for each in found]


def without(stretches: Iterable[Stretch], gone: Iterable[Stretch]) -> list[Stretch]:
    """The minutes of `stretches`, which are in order and do not overlap, that lie in none of `gone`."""
    left, in_order = [], sorted(gone)
    for first, last in stretches:
        for start, end in in_order:
            if start >= last:
                break
            if end > first:
                if start > first:
                    left.append((first, start))
                first = end
        if first < last:
            left.append((first, last))
    return left

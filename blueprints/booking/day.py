"""One date of the wall calendar in minutes since midnight: when each space is open, taken and free to the viewer.

Whole numbers, because a page reckons with a thousand stretches of one date; a date on which the clocks change is read
from the wall clock all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from models.queries.timelines import bookings_on
from models.rules.discretion import Booked, Viewer
from models.rules.headcount import Presence, profile
from models.rules.hours import closed_for
from models.rules.house import House, Space
from models.rules.interval import Interval, civil_date, civil_day, nearest_utc
from models.rules.person import Person
from models.rules.policy import HALF_DAYS, SpacePolicy
from models.rules.rights import holds

MIDNIGHT = 24 * 60
CLOCK = tuple(f"{minute // 60:02}:{minute % 60:02}" for minute in range(MIDNIGHT + 1))

Stretch = tuple[int, int]     # from one minute of the date until another
Taken = dict[str, list[Booked]]


@dataclass(frozen=True)
class Day:
    """A civil date in the house, and the instant at which somebody looks at it."""

    date: date
    viewer: Viewer
    now: datetime

    @property
    def house(self) -> House:
        return self.viewer.house

    @cached_property
    def during(self) -> Interval:
        return civil_day(self.date, self.house.zone)

    @cached_property
    def is_today(self) -> bool:
        return self.date == civil_date(self.now, self.house.zone)

    @property
    def now_minute(self) -> int | None:
        return self.minute(self.now) if self.is_today else None

    @cached_property
    def _midnight(self) -> datetime:
        return self.during.start

    @cached_property
    def _is_even(self) -> bool:
        """Whether no clock changes on it, so that a minute of the day is a minute of time."""
        return self.during.length == timedelta(days=1)

    def policy(self, space: Space) -> SpacePolicy:
        return self.house.policy(space.code, self.date)

    def minute(self, instant: datetime) -> int:
        """Where an instant lies on this date: 0 when before it, 1440 when after it."""
        if self._is_even:
            gone = instant - self._midnight
            return gone.seconds // 60 if gone.days == 0 else 0 if gone.days < 0 else MIDNIGHT
        wall = instant.astimezone(self.house.zone)
        if wall.date() != self.date:
            return 0 if wall.date() < self.date else MIDNIGHT
        return wall.hour * 60 + wall.minute

    def stretch(self, during: Interval) -> Stretch:
        return self.minute(during.start), self.minute(during.end)

    def interval(self, stretch: Stretch) -> Interval:
        midnight = datetime.combine(self.date, time())
        start, end = (nearest_utc(midnight + timedelta(minutes=minute), self.house.zone) for minute in stretch)
        return Interval(start, end)

    @cached_property
    def closed(self) -> list[Stretch]:
        organisation = self.viewer.person.organisation
        closed = closed_for(self.house.closures, organisation, self.during, self.house.zone)
        return [self.stretch(each) for each in closed]

    def hours(self, policy: SpacePolicy, kind: str) -> list[Stretch]:
        """The hours of that kind, without what the viewer's organisation is closed for."""
        found = [self.stretch(each) for each in self.house.hours.stretches(policy.scopes, self.during, (kind,))
                 if each.overlaps(self.during)]
        return without(found, self.closed) if kind != "after_hours" else found


def without(stretches: Iterable[Stretch], gone: Iterable[Stretch]) -> list[Stretch]:
    """The minutes of `stretches`, which do not overlap, that lie in none of `gone`. In any order; the answer in order.
    """
    left, gone = [], sorted(gone)
    for first, last in sorted(stretches):
        for start, end in gone:
            if end <= first:
                continue
            if start >= last:
                break
            if first < start:
                left.append((first, start))
            first = end
            if first >= last:
                break
        if first < last:
            left.append((first, last))
    return left


def wall_clock(instant: datetime, house: House) -> str:
    return f"{instant.astimezone(house.zone):%H:%M}"


def bookings_of(spaces: Sequence[Space], during: Interval, house: House) -> Taken:
    """What takes each space at some instant of `during`, whether booked itself, as a part of a composite or through one
    of its own parts. Two queries, whatever the number of spaces. Not for showing: see seen_by()."""
    rows_of_part = defaultdict(list)
    for space in spaces:
        for part in space.parts:
            rows_of_part[part].append(space.code)
    touching = [space.id for space in house.spaces.values() if not rows_of_part.keys().isdisjoint(space.parts)]
    found: Taken = {space.code: [] for space in spaces}
    for booking in bookings_on(house, touching, during) if touching else ():
        for code in {row for part in house.spaces[booking.space].parts for row in rows_of_part.get(part, ())}:
            found[code].append(booking)
    return found


def is_for(space: Space, person: Person) -> bool:
    """Whether this person's people may book it; whoever books for anyone sees all of them."""
    return not space.bookable_by or person.organisation in space.bookable_by or holds(person, "book_for_anyone")


def open_minutes(space: Space, day: Day) -> list[Stretch]:
    """When the viewer may be there on that date, evenings apart; nothing where their organisation may not book it."""
    policy, person = day.policy(space), day.viewer.person
    if not policy.active or not day.house.is_in_use(space, day.date):
        return []
    if policy.bookable_by and person.organisation not in policy.bookable_by:
        return []
    return day.hours(policy, "public" if policy.traits.receives_public or person.is_outside else "staff_access")


def evening_minutes(space: Space, day: Day) -> list[Stretch]:
    """When it may be had with a key holder only."""
    policy = day.policy(space)
    if not policy.after_hours_allowed or not policy.active or not is_for(space, day.viewer.person):
        return []
    return without(day.hours(policy, "after_hours"), [*open_minutes(space, day), *day.closed])


def free_minutes(space: Space, day: Day, taken: Sequence[Booked],
                 opened: Iterable[Stretch] | None = None) -> list[Stretch]:
    """Where a booking may be tried: open to the viewer, not taken, not over, on the grid and long enough. Of a desk,
    the half-days of which nothing is taken."""
    policy = day.policy(space)
    opened = open_minutes(space, day) if opened is None else list(opened)
    blocked = blocked_minutes(space, day, taken)
    if policy.in_half_days:
        return _free_half_days(opened, blocked, day)
    step, least = policy.slot_minutes, max(policy.min_minutes, 1)
    running = _on_grid(day.minute(day.now), step)
    found = []
    for first, last in without(opened, blocked):
        start, end = max(_on_grid(first, step, up=True), running), _on_grid(last, step)
        if end - start >= least:
            found.append((start, end))
    return found


def free_stretches(space: Space, day: Day, taken: Sequence[Booked]) -> list[Interval]:
    return [day.interval(stretch) for stretch in free_minutes(space, day, taken)]


def _free_half_days(opened: list[Stretch], blocked: list[Stretch], day: Day) -> list[Stretch]:
    found, over = [], day.minute(day.now)
    for opens, closes in HALF_DAYS:
        inside = [(max(first, opens), min(last, closes)) for first, last in opened if first < closes and opens < last]
        if inside and closes > over and not any(start < closes and opens < end for start, end in blocked):
            found.append((inside[0][0], inside[-1][1]))
    return found


def _on_grid(minute: int, step: int, *, up: bool = False) -> int:
    """The start of the grid slot in which a minute lies, or with `up` the first one that is not before it."""
    past = minute % (step or 15)
    return minute - past + (step or 15) if up and past else minute - past


def slot_start(instant: datetime, house: House, slot_minutes: int) -> datetime:
    """The start of the grid slot in which an instant lies. Half-days have no grid: there quarters serve."""
    wall = instant.astimezone(house.zone)
    past = timedelta(minutes=(wall.hour * 60 + wall.minute) % (slot_minutes or 15), seconds=wall.second,
                     microseconds=wall.microsecond)
    return instant - past


def blocked_minutes(space: Space, day: Day, taken: Sequence[Booked]) -> list[Stretch]:
    """What the bookings leave no room for: their time with buffers, or, in a shared space, the time that is full."""
    policy = day.policy(space)
    if policy.exclusive:
        return [_with_buffers(booking, policy, day) for booking in taken]
    apart = [day.stretch(booking.during) for booking in taken if booking.exclusive]
    places = policy.effective_capacity()
    return apart + [day.stretch(crowd.during) for crowd in crowds(taken, day) if crowd.persons >= places]


def crowds(taken: Iterable[Booked], day: Day) -> tuple[Presence, ...]:
    """How many people are in a shared space over the date."""
    return profile((Presence(booking.during, booking.persons) for booking in taken), day.during)


def _with_buffers(booking: Booked, policy: SpacePolicy, day: Day) -> Stretch:
    """A booking's time in an exclusive space with what must stay free around it."""
    start, end = day.stretch(booking.during)
    theirs = policy if booking.space == policy.space else day.house.policy(booking.space, day.date)
    if not theirs.exclusive:
        return start, end
    before, after = max(policy.buffer_after, theirs.buffer_before), max(theirs.buffer_after, policy.buffer_before)
    return (max(start - _minutes(before), 0) if before else start,
            min(end + _minutes(after), MIDNIGHT) if after else end)


def _minutes(length: timedelta) -> int:
    return -(-int(length.total_seconds()) // 60)


def free_query(stretch: Stretch, day: Day, in_half_days: bool) -> str:
    """The query that fills in a booking form for a free stretch."""
    if in_half_days:
        return f"date={day.date}&block={'morning' if stretch[0] < HALF_DAYS[0][1] else 'afternoon'}"
    return f"start={day.date}T{CLOCK[stretch[0]]}"

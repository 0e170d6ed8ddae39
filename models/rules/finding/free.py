"""When a space can be had: the hours open to somebody, less what is closed, kept apart, taken, over or too far ahead.

judge() accepts what is offered here, but for head counts and what only a wish says: its service, people and equipment,
its person's other bookings. Nothing else works out what is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from models.rules.bookings.fields import Booked
from models.rules.finding.day import Day, Stretch, without
from models.rules.finding.untaken import Untaken, near_enough, room_in, untaken, untaken_evening
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Taken
from models.rules.judging.how_many import clear_around, kept_clear, met
from models.rules.judging.modes import REFUSES, mode_of
from models.rules.judging.when import MINUTE
from models.rules.presence.headcount import Presence, profile
from models.rules.times.hours import HoursKind
from models.rules.times.interval import Interval

ANY_HOURS: tuple[HoursKind, ...] = ("staff_access", "public", "after_hours")
MOSTLY, LITTLE = 66, 4  # per cent; one part in so many


class Left(NamedTuple):  # which is made sooner than a frozen class
    """What a date leaves of a space to whoever looks. `opened`: the hours in which it can be had at all. `taken`: when
    it is, or is full. `room`: where a booking fits, from its first start to its last end; of a desk, each half-day.
    `free`: as much of it as may be booked by now."""

    opened: list[Stretch]
    taken: list[Stretch]
    room: list[Stretch]
    free: list[Stretch]

    @property
    def later(self) -> list[Stretch]:
        """What can be booked once it is nearer."""
        return without(self.room, self.free)

    @property
    def longest(self) -> Stretch:
        """Of what is free; two half-days that touch are one."""
        whole: list[Stretch] = []
        for start, end in self.free:
            start = whole.pop()[0] if whole and whole[-1][1] == start else start
            whole.append((start, end))
        return max(whole, key=lambda stretch: minutes_of([stretch]))

    def how_full(self, since: int) -> tuple[int, bool]:
        """How many per cent of the hours still to come are taken, 0 only where none is; and whether that is most of
        them, and what is free in one piece is little."""
        coming = without(self.opened, [(0, since)])
        whole, left = minutes_of(coming), minutes_of(without(coming, self.taken))
        percent = 0 if left == whole else max(100 * (whole - left) // whole, 1)
        return percent, percent > MOSTLY and minutes_of([self.longest]) * LITTLE < whole


def minutes_of(stretches: Iterable[Stretch]) -> int:
    """How long they are together."""
    return sum([end - start for start, end in stretches])


def left_of(policy: SpacePolicy, day: Day, taken: Sequence[Booked | Taken]) -> Left:
    """`taken`: whatever takes one of its places near that date."""
    return _left_of(untaken(policy, day), policy, day, taken)


def evenings_left(policy: SpacePolicy, day: Day, taken: Sequence[Booked | Taken]) -> Left:
    """The same of the hours in which it may be had with a key holder only."""
    return _left_of(untaken_evening(policy, day), policy, day, taken)


def _left_of(whole: Untaken, policy: SpacePolicy, day: Day, taken: Sequence[Booked | Taken]) -> Left:
    if not whole.hours:
        return Left([], [], [], [])
    held, blocked = _held(policy, day, taken) if taken else ([], [])
    room = room_in(whole, blocked, policy, day) if blocked else whole.room
    return Left(whole.opened, held, room, near_enough(room, whole.latest, policy, day))


def _held(policy: SpacePolicy, day: Day, taken: Sequence[Booked | Taken]) -> tuple[list[Stretch], list[Stretch]]:
    """What bookings take of it, in a shared space the time that is full; and the same with what must stay clear."""
    spaces = day.house.spaces
    if policy.exclusive:
        held = [day.stretch(other.during) for other in taken]
        return held, _clear(taken, held, policy, day)
    places = policy.effective_capacity()
    held = [day.stretch(other.during) for other in taken if other.apart or spaces[other.space].exclusive]
    held += [day.stretch(crowd.during) for crowd in crowds(taken, day) if crowd.persons >= places]
    return held, held


def _clear(taken: Sequence[Booked | Taken], held: Sequence[Stretch], policy: SpacePolicy, day: Day) -> list[Stretch]:
    """Of an exclusive space, what kept_clear() has of each. Between two spaces that is worked out once a date."""
    around: dict[str, Stretch] = day.worked_out.setdefault((kept_clear, policy.space), {})
    found = []
    for other, (start, end) in zip(taken, held, strict=True):
        if not day.during.has(other.during.start):
            found.append(day.stretch(kept_clear(other, policy, day.house)))
            continue
        if other.space not in around:
            before, after = clear_around(day.house.policy(other.space, day.date), policy)
            around[other.space] = before // MINUTE, after // MINUTE
        before_minutes, after_minutes = around[other.space]
        found.append((max(start - before_minutes, 0), min(end + after_minutes, day.length)))
    return found


def crowds(taken: Iterable[Booked | Taken], day: Day) -> tuple[Presence, ...]:
    """How many people are in a shared space over the date."""
    once = {booking.id: booking for booking in taken}.values()
    return profile((Presence(booking.during, booking.persons) for booking in once), day.during)


def may_be_left(
    during: Interval, policy: SpacePolicy, facts: Facts, *, apart: bool = False, without: int | None = None
) -> bool:
    """A quick look at a time that is settled: nobody in the way, and open to somebody then."""
    if next(met(during, policy, facts, apart=apart, without=without), None) is not None:
        return False
    opened = facts.house.hours.stretches(policy.scopes, during, ANY_HOURS)
    return (
        any(each.overlaps(during) if policy.in_half_days else each.covers(during) for each in opened)
        or mode_of("R14", policy, facts.house, facts.date_of(during)) != REFUSES
    )

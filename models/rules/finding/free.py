"""When a space can be had: the hours open to somebody, less what is closed, kept apart, taken, over or too far ahead.

judge() accepts what is offered here, but for head counts and what only a wish says: its service, people and equipment,
its person's other bookings. Nothing else works out what is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from models.rules.bookings.fields import Booked
from models.rules.finding.day import Day, Stretch, without
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Taken
from models.rules.judging.for_whom import hours_for_others, late_hours
from models.rules.judging.how_many import kept_clear, met
from models.rules.judging.judge import closed_door
from models.rules.judging.modes import REFUSES, mode_of
from models.rules.judging.when import horizon, latest_end, ordinary_kinds
from models.rules.presence.headcount import Presence, profile
from models.rules.times.hours import HoursKind
from models.rules.times.interval import Interval, nearest_utc, wall_instant
from models.rules.values import MINUTES_A_DAY

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
        return max(whole, key=lambda stretch: _minutes([stretch]))

    def how_full(self, since: int) -> tuple[int, bool]:
        """How many per cent of the hours still to come are taken, 0 only where none is; and whether that is most of
        them, and what is free in one piece is little."""
        coming = without(self.opened, [(0, since)])
        whole, left = _minutes(coming), _minutes(without(coming, self.taken))
        percent = 0 if left == whole else max(100 * (whole - left) // whole, 1)
        return percent, percent > MOSTLY and _minutes([self.longest]) * LITTLE < whole


def _minutes(stretches: Iterable[Stretch]) -> int:
    return sum(end - start for start, end in stretches)


def left_of(policy: SpacePolicy, day: Day, taken: Sequence[Booked | Taken]) -> Left:
    """`taken`: whatever takes one of its places near that date."""
    return _left_of(ordinary_hours(policy, day), policy, day, taken)


def evenings_left(policy: SpacePolicy, day: Day, taken: Sequence[Booked | Taken]) -> Left:
    """The same of the hours in which it may be had with a key holder only."""
    return _left_of(_evening_hours(policy, day), policy, day, taken)


def ordinary_hours(policy: SpacePolicy, day: Day) -> list[Stretch]:
    """When the viewer may be there, evenings apart."""
    return [] if _is_shut(policy, day) else without(day.hours(policy, *ordinary_kinds(day.person, policy)), day.closed)


def _evening_hours(policy: SpacePolicy, day: Day) -> list[Stretch]:
    if not policy.after_hours_allowed or policy.in_half_days or _is_shut(policy, day):
        return []
    others = [*day.hours(policy, *ordinary_kinds(day.person, policy)), *day.closed]
    if _refuses("R22", policy, day):
        others.append(
            (day.gone(wall_instant(day.date, latest_end(policy.zone, day.house, day.date), day.house.zone)), day.length)
        )
    return without(day.hours(policy, "after_hours"), others)


def _is_shut(policy: SpacePolicy, day: Day) -> bool:
    """To the viewer, or because nothing is left of its places: no air, or a cap."""
    shut = closed_door(policy, day.person, day.house, day.date)
    return shut is not None or policy.effective_capacity() < 1


def _left_of(hours: list[Stretch], policy: SpacePolicy, day: Day, taken: Sequence[Booked | Taken]) -> Left:
    if not hours:
        return Left([], [], [], [])
    apart, latest = _kept_apart(policy, day), last_start(policy, day)
    held, blocked = _held(policy, day, taken)
    opened = without(hours, apart)
    if policy.in_half_days:
        room = [part for half in day.halves if (part := _half_day(half, hours, [*apart, *blocked], day))]
        return Left(opened, held, room, [half for half in room if half[0] <= latest])
    step, (least, most) = policy.slot_minutes, policy.lengths
    if least > most:
        return Left(opened, held, [], [])
    least = day.length if least == MINUTES_A_DAY else least  # a date of 23 or 25 hours is a whole day too
    running = day.on_grid(max(day.gone(day.now) - step + 1, 0), step, up=True)
    found = (
        (max(day.on_grid(first, step, up=True), running), day.on_grid(last, step))
        for first, last in without(opened, blocked)
    )
    room = [(start, end) for start, end in found if end - start >= least]
    return Left(
        opened,
        held,
        room,
        [(start, min(end, day.on_grid(latest, step) + least)) for start, end in room if start <= latest],
    )


def _half_day(half: Stretch, hours: Iterable[Stretch], blocked: Iterable[Stretch], day: Day) -> Stretch | None:
    """The part of a desk's half-day that lies in the hours, unless it is over or something stands in its way."""
    inside = [(max(first, half[0]), min(last, half[1])) for first, last in hours if first < half[1] and half[0] < last]
    if not inside or half[1] <= day.gone(day.now):
        return None
    start, end = inside[0][0], inside[-1][1]
    return None if any(first < end and start < last for first, last in blocked) else (start, end)


def _kept_apart(policy: SpacePolicy, day: Day) -> list[Stretch]:
    """Breaks, and for talks the hours in which nobody could see into the booth."""
    found: list[Stretch] = []
    if policy.exclusive and (pauses := day.hours(policy, "protected_break")) and _refuses("R15", policy, day):
        found += pauses
    if policy.traits.is_talk and not policy.sightline and _refuses("R12", policy, day):
        found.append(day.stretch(late_hours(day.date, policy.zone, day.house)))
    return found


def _held(policy: SpacePolicy, day: Day, taken: Sequence[Booked | Taken]) -> tuple[list[Stretch], list[Stretch]]:
    """What bookings take of it, in a shared space the time that is full; and the same with what must stay clear."""
    spaces, house = day.house.spaces, day.house
    if policy.exclusive:
        held = [day.stretch(other.during) for other in taken]
        return held, [
            held[nth] if (clear := kept_clear(other, policy, house)) is other.during else day.stretch(clear)
            for nth, other in enumerate(taken)
        ]
    places = policy.effective_capacity()
    held = [day.stretch(other.during) for other in taken if other.apart or spaces[other.space].exclusive]
    held += [day.stretch(crowd.during) for crowd in crowds(taken, day) if crowd.persons >= places]
    return held, held


def crowds(taken: Iterable[Booked | Taken], day: Day) -> tuple[Presence, ...]:
    """How many people are in a shared space over the date."""
    once = {booking.id: booking for booking in taken}.values()
    return profile((Presence(booking.during, booking.persons) for booking in once), day.during)


def last_start(policy: SpacePolicy, day: Day) -> int:
    """The last minute of the date at which a booking may begin by now; -1 where the whole of it is too far ahead."""
    latest = horizon(day.now, policy.advance_days, day.house.zone)
    if (priority := _priority(policy, day)) is not None:
        latest = min(latest, day.now + priority)
    return day.gone(latest) if latest >= day.during.start else -1


def opens_at(start: int, policy: SpacePolicy, day: Day) -> datetime:
    """When a booking that begins at that minute of the date can first be made."""
    instant, zone = day.interval((start, start + 1)).start, day.house.zone
    wall = instant.astimezone(zone).replace(tzinfo=None)
    opens, priority = nearest_utc(wall - timedelta(days=policy.advance_days), zone), _priority(policy, day)
    return opens if priority is None else max(opens, instant - priority)


def _priority(policy: SpacePolicy, day: Day) -> timedelta | None:
    """Until how long before its start a desk is kept for others, where that is enforced."""
    hours = hours_for_others(policy, day.person, day.house, day.date)
    return None if hours is None or not _refuses("R16", policy, day) else timedelta(hours=hours)


def _refuses(rule: str, policy: SpacePolicy, day: Day) -> bool:
    return mode_of(rule, policy, day.house, day.date) == REFUSES


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

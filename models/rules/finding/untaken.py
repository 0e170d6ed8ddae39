"""What a date has of a space for whoever looks, before anybody takes it: the hours that are open to them, what is kept
apart of these, and the last minute that is near enough to be booked by now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from models.rules.finding.day import Day, Stretch, without
from models.rules.house.policy import SpacePolicy
from models.rules.judging.for_whom import hours_for_others, late_hours
from models.rules.judging.judge import closed_door
from models.rules.judging.modes import REFUSES, mode_of
from models.rules.judging.when import horizon, latest_end, ordinary_kinds
from models.rules.times.interval import nearest_utc, wall_instant
from models.rules.values import MINUTES_A_DAY


class Untaken(NamedTuple):
    """`opened`: the hours less what is kept `apart`. `latest`: the last minute at which a booking may begin by now.
    `room`: where one fits as long as nothing is taken."""

    hours: list[Stretch]
    apart: list[Stretch]
    opened: list[Stretch]
    latest: int
    room: list[Stretch]


_NOTHING = Untaken([], [], [], -1, [])


def untaken(policy: SpacePolicy, day: Day) -> Untaken:
    """When the viewer may be there, evenings apart."""
    return _NOTHING if _is_shut(policy, day) else _worked_out(_ordinary_hours, policy, day)


def untaken_evening(policy: SpacePolicy, day: Day) -> Untaken:
    """When it may be had with a key holder only."""
    if not policy.after_hours_allowed or policy.in_half_days or _is_shut(policy, day):
        return _NOTHING
    return _worked_out(_evening_hours, policy, day)


def _worked_out(hours: Callable[[SpacePolicy, Day], list[Stretch]], policy: SpacePolicy, day: Day) -> Untaken:
    """Once for all spaces of a date that are alike."""
    key = (hours, *_alike(policy, day))
    found: Untaken | None = day.worked_out.get(key)
    if found is None:
        open_hours, apart = hours(policy, day), _kept_apart(policy, day)
        opened, latest = without(open_hours, apart), last_start(policy, day)
        found = Untaken(open_hours, apart, opened, latest, [])
        found = day.worked_out[key] = found._replace(room=room_in(found, [], policy, day))
    return found


def _alike(policy: SpacePolicy, day: Day) -> tuple[object, ...]:
    """All that the functions below look at, but for what shuts a space. One with hours of its own, or that some rule
    names, is like no other."""
    house, traits = day.house, policy.traits
    is_apart = house.hours.knows(("space", policy.space)) or not house.named_in_rules.isdisjoint(
        (policy.space, *policy.parts)
    )
    return (
        policy.space if is_apart else None,
        policy.zone,
        policy.exclusive,
        traits.receives_public,
        traits.is_talk,
        traits.one_at_a_time,
        policy.sightline,
        policy.slot_minutes,
        policy.min_minutes,
        policy.max_minutes,
        policy.advance_days,
    )


def room_in(hours: Untaken, blocked: Sequence[Stretch], policy: SpacePolicy, day: Day) -> list[Stretch]:
    """Where a booking fits beside what is blocked, from its first start to its last end; of a desk, each half-day."""
    if policy.in_half_days:
        apart = [*hours.apart, *blocked]
        return [part for half in day.halves if (part := _half_day(half, hours.hours, apart, day))]
    step, (least, most) = policy.slot_minutes, _lengths(policy, day)
    if least > most:
        return []
    running, room = day.on_grid(max(day.over - step + 1, 0), step, up=True), []
    for first, last in without(hours.opened, blocked):
        start, end = max(day.on_grid(first, step, up=True), running), day.on_grid(last, step)
        if end - start >= least:
            room.append((start, end))
    return room


def near_enough(room: list[Stretch], latest: int, policy: SpacePolicy, day: Day) -> list[Stretch]:
    """As much of it as may be booked by now."""
    if latest >= day.length:
        return room
    if policy.in_half_days:
        return [half for half in room if half[0] <= latest]
    return [
        (start, min(end, day.on_grid(latest, policy.slot_minutes) + _lengths(policy, day)[0]))
        for start, end in room
        if start <= latest
    ]


def _lengths(policy: SpacePolicy, day: Day) -> tuple[int, int]:
    """The least and the most minutes; a date of 23 or 25 hours is a whole day too."""
    least, most = policy.lengths
    return day.length if least == MINUTES_A_DAY else least, most


def _is_shut(policy: SpacePolicy, day: Day) -> bool:
    """To the viewer, or because nothing is left of its places: no air, or a cap."""
    shut = closed_door(policy, day.person, day.house, day.date)
    return shut is not None or policy.effective_capacity() < 1


def _ordinary_hours(policy: SpacePolicy, day: Day) -> list[Stretch]:
    return without(day.hours(policy, *ordinary_kinds(day.person, policy)), day.closed)


def _evening_hours(policy: SpacePolicy, day: Day) -> list[Stretch]:
    others = [*day.hours(policy, *ordinary_kinds(day.person, policy)), *day.closed]
    if _refuses("R22", policy, day):
        others.append(
            (day.gone(wall_instant(day.date, latest_end(policy.zone, day.house, day.date), day.house.zone)), day.length)
        )
    return without(day.hours(policy, "after_hours"), others)


def _half_day(half: Stretch, hours: Iterable[Stretch], blocked: Iterable[Stretch], day: Day) -> Stretch | None:
    """The part of a desk's half-day that lies in the hours, unless it is over or something stands in its way."""
    inside = [(max(first, half[0]), min(last, half[1])) for first, last in hours if first < half[1] and half[0] < last]
    if not inside or half[1] <= day.over:
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


def last_start(policy: SpacePolicy, day: Day) -> int:
    """The last minute of the date at which a booking may begin by now; -1 where the whole of it is too far ahead."""
    priority = _priority(policy, day)
    key = last_start, policy.advance_days, priority
    found: int | None = day.worked_out.get(key)
    if found is None:
        latest = horizon(day.now, policy.advance_days, day.house.zone)
        latest = latest if priority is None else min(latest, day.now + priority)
        found = day.worked_out[key] = day.gone(latest) if latest >= day.during.start else -1
    return found


def opens_at(start: int, policy: SpacePolicy, day: Day) -> datetime:
    """When a booking that begins at that minute of the date can first be made."""
    priority = _priority(policy, day)
    key = opens_at, start, policy.advance_days, priority
    found: datetime | None = day.worked_out.get(key)
    if found is None:
        instant, zone = day.interval((start, start + 1)).start, day.house.zone
        wall = instant.astimezone(zone).replace(tzinfo=None)
        found = nearest_utc(wall - timedelta(days=policy.advance_days), zone)
        found = day.worked_out[key] = found if priority is None else max(found, instant - priority)
    return found


def _priority(policy: SpacePolicy, day: Day) -> timedelta | None:
    """Until how long before its start a desk is kept for others, where that is enforced."""
    hours = hours_for_others(policy, day.person, day.house, day.date)
    return None if hours is None or not _refuses("R16", policy, day) else timedelta(hours=hours)


def _refuses(rule: str, policy: SpacePolicy, day: Day) -> bool:
    return mode_of(rule, policy, day.house, day.date) == REFUSES

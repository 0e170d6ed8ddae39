"""What a date has of a space for whoever looks, before anybody takes it: the hours that are open to them, what is kept
apart of these, and the last minute that is near enough to be booked by now."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.rules.finding.day import Day, Stretch, without
from models.rules.house.policy import SpacePolicy
from models.rules.judging.for_whom import hours_for_others, late_hours
from models.rules.judging.judge import closed_door
from models.rules.judging.modes import REFUSES, mode_of
from models.rules.judging.when import horizon, latest_end, ordinary_kinds
from models.rules.times.interval import nearest_utc, wall_instant


def ordinary_hours(policy: SpacePolicy, day: Day) -> list[Stretch]:
    """When the viewer may be there, evenings apart."""
    return [] if _is_shut(policy, day) else without(day.hours(policy, *ordinary_kinds(day.person, policy)), day.closed)


def evening_hours(policy: SpacePolicy, day: Day) -> list[Stretch]:
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


def kept_apart(policy: SpacePolicy, day: Day) -> list[Stretch]:
    """Breaks, and for talks the hours in which nobody could see into the booth."""
    found: list[Stretch] = []
    if policy.exclusive and (pauses := day.hours(policy, "protected_break")) and _refuses("R15", policy, day):
        found += pauses
    if policy.traits.is_talk and not policy.sightline and _refuses("R12", policy, day):
        found.append(day.stretch(late_hours(day.date, policy.zone, day.house)))
    return found


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

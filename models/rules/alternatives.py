"""What would work instead: the nearest places and times that judge() accepts for the same request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import chain, islice, zip_longest

from models.rules.facts import Facts, Wanted
from models.rules.interval import Interval, LocalTimeMissing, civil_dates, civil_day, wall_to_utc
from models.rules.judging import approvals_needed, judge
from models.rules.judging_services import is_others_neighbourhood
from models.rules.judging_time import desk_blocks
from models.rules.policy import SpacePolicy

MOST = 3
MOST_TRIED = 120


@dataclass(frozen=True, slots=True)
class Alternative:
    """`why`: same_time (another space) or same_space (another time)."""

    space: str
    during: Interval
    why: str


def nearest_alternatives(wanted: Wanted, facts: Facts, now: datetime, *, within: Interval,
                         most: int = MOST) -> tuple[Alternative, ...]:
    """Up to `most` bookings that would be accepted now, best first; by turns another space and another time.

    `within` is the stretch for which `facts` is complete: nothing outside it is offered.
    """
    elsewhere = _other_spaces(wanted, facts) if within.covers(wanted.during) else iter(())
    later = _other_times(wanted, facts, within)
    by_turns = chain.from_iterable(zip_longest(*(_accepted(each, wanted, facts, now) for each in (elsewhere, later))))
    found: dict[Alternative, None] = {}     # on a half day, a desk's morning and whole day come to the same
    for alternative in by_turns:
        if alternative is not None:
            found[alternative] = None
        if len(found) == most:
            break
    return tuple(found)


def _accepted(candidates: Iterator[Alternative], wanted: Wanted, facts: Facts, now: datetime) -> Iterator[Alternative]:
    """Those that judge() accepts. Of one space no two overlap: a quarter of an hour later is no other choice."""
    offered: list[Interval] = []
    for candidate in islice(candidates, MOST_TRIED):
        if candidate.why == "same_space" and any(candidate.during.overlaps(other) for other in offered):
            continue
        moved = replace(wanted, space=candidate.space, during=candidate.during, start_changes=True)
        verdict = judge(moved, facts.house.policy(candidate.space, facts.date_of(candidate.during)), facts, now)
        if verdict.accepted:
            offered.append(candidate.during)
            yield replace(candidate, during=verdict.during)


def best_other_space(wanted: Wanted, facts: Facts, now: datetime, most: int = 1) -> tuple[Alternative, ...]:
    """The nearest other spaces that accept the booking at its own time."""
    return nearest_alternatives(wanted, facts, now, within=wanted.during, most=most)


def _other_spaces(wanted: Wanted, facts: Facts) -> Iterator[Alternative]:
    """Spaces of the same kind and building that could hold the party: those that stand at once before those that wait
    for approval, another service's desks last, the same sort before others, near before far, then the closest fit."""
    house, day = facts.house, facts.date_of(wanted.during)
    here = house.spaces[wanted.space]
    wished = house.policy(wanted.space, day)
    people = wanted.attendees or wished.persons(None, wanted.layout or wished.default_layout)
    ranked = []
    for space in house.spaces.values():
        if space.code == here.code or (space.kind, space.building) != (here.kind, here.building):
            continue
        policy = house.policy(space.code, day)
        if not policy.active or (policy.bookable_by and wanted.organisation not in policy.bookable_by):
            continue
        places = policy.places(wanted.layout or policy.default_layout)
        if places is None or places.limit < (wanted.attendees or 1):
            continue
        distance = 0 if space.zone == here.zone else 1 if space.floor == here.floor else 2
        waits = bool(approvals_needed(replace(wanted, space=space.code), policy, is_evening=False))
        others = wished.traits.one_at_a_time and is_others_neighbourhood(space.zone, wanted.organiser, house)
        ranked.append((waits, others, space.sort != here.sort, len(space.parts) > 1, distance,
                       abs(places.limit - people), space.code))
    return (Alternative(code, wanted.during, "same_time") for *_, code in sorted(ranked))


def _other_times(wanted: Wanted, facts: Facts, within: Interval) -> Iterator[Alternative]:
    """The same space, nearest in time first, later before earlier; then the same hour on later days."""
    policy = facts.house.policy(wanted.space, facts.date_of(wanted.during))
    times = _desk_times(wanted, facts) if policy.in_half_days else _grid_times(wanted, policy, facts)
    for during in chain(times, _later_days(wanted, facts)):
        if within.covers(during):
            yield Alternative(wanted.space, during, "same_space")


def _grid_times(wanted: Wanted, policy: SpacePolicy, facts: Facts) -> Iterator[Interval]:
    step = timedelta(minutes=policy.slot_minutes)
    length = max(wanted.during.length, timedelta(minutes=policy.min_minutes))
    if length > timedelta(minutes=policy.max_minutes):
        length = timedelta(minutes=policy.max_minutes)
    length = -(-length // step) * step
    wall = wanted.during.start.astimezone(facts.house.zone).replace(tzinfo=None)
    start = wanted.during.start - (wall - datetime.combine(wall, time())) % step
    for steps in range(1, int(timedelta(hours=12) / step) + 1):
        for shifted in (start + steps * step, start - steps * step):
            yield Interval(shifted, shifted + length)


def _desk_times(wanted: Wanted, facts: Facts) -> Iterator[Interval]:
    day = facts.date_of(wanted.during)
    yield from (block for block in desk_blocks(day, facts.house.zone) if block != wanted.during)


def _later_days(wanted: Wanted, facts: Facts) -> Iterator[Interval]:
    zone = facts.house.zone
    wall_start = wanted.during.start.astimezone(zone).replace(tzinfo=None)
    wall_end = wanted.during.end.astimezone(zone).replace(tzinfo=None)
    for days in range(1, 8):
        try:
            yield Interval(wall_to_utc(wall_start + timedelta(days=days), zone),
                           wall_to_utc(wall_end + timedelta(days=days), zone))
        except (LocalTimeMissing, ValueError):
            continue


def day_and_week(during: Interval, zone) -> tuple[Interval, Interval]:
    """The civil day of a wish, where most is found, and the week from it on, where the rest is sought. A wish through
    midnight has two days: what is taken after it stands in the way elsewhere too."""
    days = civil_dates(during, zone)
    start = civil_day(days[0], zone).start
    return (Interval(start, civil_day(days[-1], zone).end),
            Interval(start, civil_day(days[0] + timedelta(days=7), zone).end))

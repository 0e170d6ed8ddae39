"""What would work instead: the nearest places and times that judge() accepts for the same request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, islice, zip_longest
from zoneinfo import ZoneInfo

from models.rules.finding.free import may_be_left
from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.for_whom import is_others_neighbourhood
from models.rules.judging.judge import approvals_needed, closed_door, judge
from models.rules.judging.rejudging import as_asked
from models.rules.judging.when import desk_blocks, slot_start
from models.rules.times.interval import (
    Interval,
    LocalTimeMissing,
    civil_date,
    civil_dates,
    civil_day,
    nearest_utc,
    wall_length,
    wall_to_utc,
)

MOST = 3
MOST_TRIED = 120
FARTHEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Alternative:
    """`why`: same_time (another space) or same_space (another time)."""

    space: str
    during: Interval
    why: str


def nearest_alternatives(
    wanted: Wanted, facts: Facts, now: datetime, *, within: Interval, most: int = MOST
) -> tuple[Alternative, ...]:
    """Up to `most` bookings that would be accepted now, best first: its own time put right, then by turns another space
    and another time. Other spaces are asked for the time put right where its own will not have that either.

    `within` is the stretch for which `facts` is complete: nothing outside it is offered.
    """
    own = put_right(wanted.during, facts.house.policy(wanted.space, facts.date_of(wanted.during)), facts.house)
    accepted = partial(_accepted, wanted=wanted, facts=facts, now=now, within=within)
    at_once = tuple(accepted([Alternative(wanted.space, own, "same_space")]))
    elsewhere = accepted(_other_spaces(wanted, facts, wanted.during if at_once else own))
    times = accepted(_other_times(own, wanted, facts))
    by_turns = chain(at_once, chain.from_iterable(zip_longest(elsewhere, times)))
    found: dict[Alternative, None] = {}  # on a half day, a desk's morning and whole day come to the same
    for alternative in filter(None, by_turns):
        found[alternative] = None
        if len(found) == most:
            break
    return tuple(found)


def put_right(during: Interval, policy: SpacePolicy, house: House) -> Interval:
    """A wish's time as it could be booked there: from the slot in which it starts, up to the next step, no shorter than
    the least and no longer than the most; of a desk, the block or blocks that hold it."""
    if policy.in_half_days:
        whole = desk_blocks(civil_date(during.start, house.zone), house.zone)[-1]
        return as_asked(during.common(whole) or during, policy, house)
    (least, most), step = policy.lengths, timedelta(minutes=policy.slot_minutes)
    start = slot_start(during.start, policy.slot_minutes, house.zone)
    length = max(-(-wall_length(during, house.zone) // step) * step, timedelta(minutes=least))
    length = min(length, timedelta(minutes=most))
    end = nearest_utc(start.astimezone(house.zone).replace(tzinfo=None) + length, house.zone)
    # From the second 02:00 to a 02:30 that came before it: the time that passes, then.
    return Interval(start, end if end > start else start + length)


def _accepted(
    candidates: Iterable[Alternative], wanted: Wanted, facts: Facts, now: datetime, within: Interval
) -> Iterator[Alternative]:
    """Those that judge() accepts. Of one space no two overlap: a quarter of an hour later is no other choice."""
    offered: list[Interval] = []
    tried = 0
    for each in candidates:
        if (
            not within.covers(each.during)
            or (each.space, each.during) == (wanted.space, wanted.during)
            or (each.why == "same_space" and any(each.during.overlaps(other) for other in offered))
        ):
            continue
        moved = replace(wanted, space=each.space, during=each.during, start_changes=True)
        policy = facts.house.policy(each.space, facts.date_of(each.during))
        if may_be_left(each.during, policy, facts, apart=wanted.exclusive, without=wanted.replaces):
            verdict, tried = judge(moved, policy, facts, now), tried + 1
            if verdict.accepted:
                offered.append(each.during)
                yield replace(each, during=verdict.during)
        if tried == MOST_TRIED:
            return


def best_other_space(wanted: Wanted, facts: Facts, now: datetime, most: int = 1) -> tuple[Alternative, ...]:
    """The nearest other spaces that accept the booking at its own time."""
    others = _other_spaces(wanted, facts, wanted.during)
    return tuple(islice(_accepted(others, wanted, facts, now, wanted.during), most))


def _other_spaces(wanted: Wanted, facts: Facts, during: Interval) -> Iterator[Alternative]:
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
        places = policy.places(wanted.layout or policy.default_layout)
        if (
            places is None
            or places.limit < (wanted.attendees or 1)
            or closed_door(policy, wanted.organiser, house, day) is not None
        ):
            continue
        distance = 0 if space.zone == here.zone else 1 if space.floor == here.floor else 2
        waits = bool(approvals_needed(replace(wanted, space=space.code), policy, is_evening=False))
        others = wished.traits.one_at_a_time and is_others_neighbourhood(space.zone, wanted.organiser, house)
        ranked.append(
            (
                waits,
                others,
                space.sort != here.sort,
                len(space.parts) > 1,
                distance,
                abs(places.limit - people),
                space.code,
            )
        )
    return (Alternative(code, during, "same_time") for *_, code in sorted(ranked))


def _other_times(own: Interval, wanted: Wanted, facts: Facts) -> Iterator[Alternative]:
    """The same space, from its own time put right the nearest first, later before earlier; then on later days."""
    policy, zone = facts.house.policy(wanted.space, facts.date_of(wanted.during)), facts.house.zone
    if policy.in_half_days:
        times: Iterable[Interval] = (own, *desk_blocks(facts.date_of(wanted.during), zone))
    else:
        step = timedelta(minutes=policy.slot_minutes)
        starts = (own.start + way * step for steps in range(FARTHEST // step + 1) for way in (steps, -steps))
        times = (Interval(start, start + own.length) for start in starts)
    return (Alternative(wanted.space, during, "same_space") for during in chain(times, _later_days(own, zone)))


def _later_days(own: Interval, zone: ZoneInfo) -> Iterator[Interval]:
    start, end = (instant.astimezone(zone).replace(tzinfo=None) for instant in (own.start, own.end))
    for days in map(timedelta, range(1, 8)):
        try:
            yield Interval(wall_to_utc(start + days, zone), wall_to_utc(end + days, zone))
        except (LocalTimeMissing, ValueError):
            continue


def day_and_week(during: Interval, zone: ZoneInfo) -> tuple[Interval, Interval]:
    """The civil day of a wish, where most is found, and the week from it on, where the rest is sought. A wish through
    midnight has two days: what is taken after it stands in the way elsewhere too."""
    days = civil_dates(during, zone)
    start = civil_day(days[0], zone).start
    return (
        Interval(start, civil_day(days[-1], zone).end),
        Interval(start, civil_day(days[0] + timedelta(days=7), zone).end),
    )

"""Somebody stands here: from when on a talk of so many minutes can be had, over all the places that would do for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from zoneinfo import ZoneInfo

from models.rules.finding.alternatives import MOST, Alternative
from models.rules.finding.bars import Bars
from models.rules.finding.day import Day
from models.rules.finding.free import left_of
from models.rules.finding.untaken import last_start
from models.rules.house.house import Space
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.judge import judge
from models.rules.judging.when import MINUTE, QUARTER, slot_start
from models.rules.people.discretion import Viewer
from models.rules.times.interval import Interval, civil_dates

Order = tuple[datetime, int, Interval, str]


def talk_now(minutes: int, slot_minutes: int, now: datetime, zone: ZoneInfo) -> Interval:
    """The talk that begins in the grid slot that is running, and lasts until the minutes that it takes are over from
    now on, up to the next step: who comes at 09:14 for an hour has the place until 10:15."""
    return _talk(slot_start(now, slot_minutes, zone), minutes, slot_minutes, now)


def soonest(
    wanted: Wanted,
    minutes: int,
    spaces: Sequence[Space],
    facts: Facts,
    now: datetime,
    within: Interval,
    *,
    most: int = MOST,
) -> tuple[Alternative, ...]:
    """The earliest talks of so many minutes that judge() accepts for this wish, each in another of these spaces; of two
    that begin together the one whose space stands first. Every start of the grid is looked at: none is named where
    there is an earlier one in that space. `facts`: complete for these spaces and that stretch."""
    house, found = facts.house, list[Alternative]()
    viewer = Viewer.of(wanted.organiser, house)
    days = [Day(each, viewer, now) for each in civil_dates(within, house.zone)]
    waiting = {space.code: _in_order(rank, space, days, facts, minutes, within) for rank, space in enumerate(spaces)}
    heap = [first for tries in waiting.values() if (first := next(tries, None))]
    heapify(heap)
    said: dict[Interval, Bars] = {}
    while heap and len(found) < most:
        *_order, during, code = heappop(heap)
        policy = house.policy(code, facts.date_of(during))
        bars = said.setdefault(during, Bars(wanted, during, facts))
        if not (bars.is_final or bars.stop(policy)):
            verdict = judge(replace(wanted, space=code, during=during), policy, facts, now)
            if verdict.accepted:
                found.append(Alternative(code, verdict.during, "soonest"))
                continue
            bars.learn(verdict.refusals, policy)
        if following := next(waiting[code], None):
            heappush(heap, following)
    return tuple(found)


def _in_order(
    rank: int, space: Space, days: Sequence[Day], facts: Facts, minutes: int, within: Interval
) -> Iterator[Order]:
    for day in days:
        policy = day.policy(space)
        if policy.active and not policy.in_half_days:
            yield from (
                (during.start, rank, during, space.code)
                for during in _starts(policy, day, facts, minutes)
                if within.covers(during)
            )


def _starts(policy: SpacePolicy, day: Day, facts: Facts, minutes: int) -> Iterator[Interval]:
    """Each step of the grid from which the whole of it fits before somebody else comes, or the doors close."""
    step, latest = policy.slot_minutes, last_start(policy, day)
    minutes = max(minutes, policy.lengths[0])
    for stretch in left_of(policy, day, facts.in_places(policy.parts)).room:
        free, start = day.interval(stretch), stretch[0]
        while start <= min(latest, stretch[1] - 1):
            during = _talk(day.interval((start, stretch[1])).start, minutes, step, day.now)
            if not free.covers(during):
                break
            yield during
            start = day.on_grid(start + 1, step, up=True)


def _talk(start: datetime, minutes: int, slot_minutes: int, now: datetime) -> Interval:
    step = timedelta(minutes=slot_minutes or QUARTER)
    whole = max(now - start, timedelta()) + minutes * MINUTE
    return Interval(start, start + -(-whole // step) * step)

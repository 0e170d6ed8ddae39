"""When a space might be had for a quest: starts within its window that are open to its person and not visibly taken.

This only spares judge() work: what it leaves in may still be refused, for a full floor say; nothing else is decided
here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from models.rules.finding.day import Day
from models.rules.finding.free import left_of
from models.rules.finding.quest import Quest
from models.rules.finding.untaken import last_start
from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.how_many import met
from models.rules.judging.when import MINUTE, QUARTER, desk_blocks, slot_start
from models.rules.people.discretion import Viewer
from models.rules.times.interval import Interval, civil_dates

HALF_HOUR, A_DAY = 30, timedelta(days=1)


@dataclass(frozen=True)
class Search:
    """One quest against one set of facts, with what is worked out once for all spaces."""

    quest: Quest
    facts: Facts
    now: datetime

    @property
    def house(self) -> House:
        return self.facts.house

    @cached_property
    def days(self) -> list[tuple[Day, list[Interval]]]:
        """The dates of the window, each with the half-days that a desk would be proposed for."""
        viewer = Viewer.of(self.quest.person, self.house)
        days = (Day(each, viewer, self.now) for each in civil_dates(self.quest.within, self.house.zone))
        return [(day, _half_days(day, self.quest)) for day in days]

    def wanted(self, policy: SpacePolicy, during: Interval, layout: str | None = None) -> Wanted:
        quest = self.quest
        return Wanted(
            policy.space,
            during,
            quest.person,
            quest.person,
            attendees=quest.attendees,
            layout=layout,
            service=quest.services.get(policy.kind),
        )


def openings(policy: SpacePolicy, day: Day, half_days: list[Interval], search: Search) -> Iterator[Interval]:
    """In order of time, from the slot that is running now. Without half-days: each gap's first start, then every half
    hour. Where the time is settled, that and nothing else."""
    within, settled = search.quest.within, half_days
    if not policy.in_half_days:
        length = search.quest.length_in(policy)
        if length is None:
            return
        length = day.during.length if length == A_DAY else length
        if length != within.length:
            yield from _starts(policy, length // MINUTE, day, search)
            return
        settled = [within] if day.during.has(within.start) else []
    yield from (each for each in settled if next(met(each, policy, search.facts), None) is None)


def _starts(policy: SpacePolicy, length: int, day: Day, search: Search) -> Iterator[Interval]:
    within, latest = search.quest.within, last_start(policy, day)
    opens, closes = day.stretch(within)
    step = -(-HALF_HOUR // policy.slot_minutes) * policy.slot_minutes
    for first, last in left_of(policy, day, search.facts.in_places(policy.parts)).room:
        start = day.on_grid(max(first, opens), policy.slot_minutes, up=True)
        while start <= latest and start + length <= min(last, closes):
            if within.covers(during := day.interval((start, start + length))):
                yield during
            start = day.on_grid(start + 1, step, up=True)


def _half_days(day: Day, quest: Quest) -> list[Interval]:
    """Those that hold the wish, both together only where neither does. They reach beyond the window only where their
    kind was asked for by name: whoever asks for any place from ten to eleven does not mean a whole morning."""
    running = slot_start(day.now, QUARTER, day.house.zone)
    if quest.within.end <= running:
        return []
    left = Interval(max(quest.within.start, running), quest.within.end)
    wished = min(quest.length or timedelta(), left.length)  # of today, what is left
    blocks = sorted(desk_blocks(day.date, day.house.zone))
    if quest.kinds:
        fitting = [block for block in blocks if (part := block.common(left)) and part.length >= wished]
    else:
        fitting = [block for block in blocks if quest.within.covers(block) and block.length >= wished]
    return [block for block in fitting if not any(block != other and block.covers(other) for other in fitting)]

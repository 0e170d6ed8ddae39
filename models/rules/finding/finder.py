"""The finder: the best free places for a wish, each of which judge() accepts at this instant.

What is cheap to see rules most spaces and hours out beforehand: kind, size, equipment, hours, whatever is taken. The
rest is ranked first and judged in that order, until enough are found: a few judgements, not one for every space.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import count, islice

from models.rules.finding.day import Day
from models.rules.finding.openings import Search, openings
from models.rules.finding.quest import Proposal, Quest
from models.rules.finding.ranking import Setting, reasons_for, standing_fit, timely_fit
from models.rules.house.house import Space
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.judge import Verdict, approvals_needed, judge
from models.rules.times.interval import Interval

MOST = 12
OPEN_TRIES = 3  # of one space at once: its first start and the half hours after it
MOST_TRIED, MOST_JUDGED = 24, 300  # starts of one space; judgements in all


@dataclass(frozen=True, slots=True)
class Try:
    """A booking worth judging. `standing_fit`: the part of its fit that is the same at every hour of that day."""

    setting: Setting
    during: Interval
    standing_fit: float


Order = tuple[datetime, float] | tuple[float, datetime]
Ranked = tuple[Order, timedelta, str, int, Try, float]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A try that judge() refuses nothing of, and how well it fits."""

    tried: Try
    verdict: Verdict
    fit: float


def find(quest: Quest, facts: Facts, now: datetime, *, most: int = MOST, soonest: bool = False) -> tuple[Proposal, ...]:
    """Up to `most` proposals, one a space, the best fit first; with `soonest` the earliest first.

    `facts` is complete for the quest's building and window. Some hundreds of judgements at the very most.
    """
    search = Search(quest, facts, now)
    accepted = _accepted(search, most, soonest)
    starts = {each.verdict.during.start for each in accepted}
    first = min(starts) if len(starts) > 1 or len(accepted) == 1 else None  # all at once: that sets none apart
    proposals = [_proposal(each, search, is_first=each.verdict.during.start == first) for each in accepted]
    proposals.sort(key=lambda each: (-each.fit, each.during, each.space))
    if soonest:
        proposals.sort(key=lambda each: each.during.start)
    return tuple(proposals)


def hopeful(quest: Quest, facts: Facts, now: datetime) -> Iterator[Wanted]:
    """The quest's own hours in each space that could hold its party: to ask why none will have it."""
    search = Search(quest, facts, now)
    for space in facts.house.spaces.values():
        setting = _setting(space, search.days[0][0], search) if quest.may_be_in(space) else None
        if setting:
            yield search.wanted(setting.policy, quest.within, setting.layout)


def _accepted(search: Search, most: int, soonest: bool) -> list[Accepted]:
    """Of each space a few tries lie ready; the best of all is judged, one refused makes way for its space's next."""
    waiting = {
        space.code: islice(_tries(space, search), MOST_TRIED)
        for space in search.house.spaces.values()
        if search.quest.may_be_in(space)
    }
    ready = [each for tries in waiting.values() for each in islice(tries, 1 if soonest else OPEN_TRIES)]
    earliest, numbers = min((each.during.start for each in ready), default=search.now), count()

    def ranked(each: Try) -> Ranked:
        fit = each.standing_fit + timely_fit(each.during.start, earliest, search.house)
        order: Order = (each.during.start, -fit) if soonest else (-fit, each.during.start)
        return order, each.during.length, each.setting.space.code, next(numbers), each, fit

    heap = [ranked(each) for each in ready]
    heapify(heap)
    found: dict[str, Accepted] = {}
    judged = 0
    while heap and len(found) < most and judged < MOST_JUDGED:
        *_order, tried, fit = heappop(heap)
        code = tried.setting.space.code
        if code in found:
            continue
        judged += 1
        wanted = search.wanted(tried.setting.policy, tried.during, tried.setting.layout)
        verdict = judge(wanted, tried.setting.policy, search.facts, search.now)
        if verdict.accepted:
            found[code] = Accepted(tried, verdict, fit)
        else:
            for following in islice(waiting[code], 1):
                heappush(heap, ranked(following))
    return list(found.values())


def _proposal(accepted: Accepted, search: Search, *, is_first: bool) -> Proposal:
    setting, verdict = accepted.tried.setting, accepted.verdict
    reasons = tuple(reasons_for(setting, search.quest, search.house))
    if is_first and verdict.during.length < search.quest.within.length:
        reasons = ("first_moment", *reasons)
    return Proposal(setting.space.code, verdict.during, verdict.layout, round(accepted.fit), reasons, verdict.approvals)


def _tries(space: Space, search: Search) -> Iterator[Try]:
    """Day by day: hours and policies may differ."""
    for day, half_days in search.days:
        setting = _setting(space, day, search)
        if setting is None:
            continue
        fit = standing_fit(setting, search.quest, search.house)
        yield from (Try(setting, during, fit) for during in openings(setting.policy, day, half_days, search))


def _setting(space: Space, day: Day, search: Search) -> Setting | None:
    """The space as it would be booked that day, or None where no hour of it would do."""
    quest, policy = search.quest, day.policy(space)
    layout = quest.layout_in(policy)
    if layout is None or not policy.active or (quest.accessible and not policy.accessible):
        return None
    return Setting(
        space,
        policy,
        layout,
        waits=bool(approvals_needed(search.wanted(policy, quest.within), policy, is_evening=False)),
    )

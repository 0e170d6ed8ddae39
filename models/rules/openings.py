"""When a space might be had: stretches within a quest's window that are open to its person and not visibly taken.

This only spares judge() work: what it leaves in may still be refused, for a full floor say; nothing else is decided
here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from models.rules.facts import Facts, Taken
from models.rules.hours import closed_for
from models.rules.house import House
from models.rules.interval import Interval, civil_day, minus
from models.rules.judging_time import desk_blocks, horizon, ordinary_kinds
from models.rules.policy import SpacePolicy
from models.rules.quest import Quest

HALF_HOUR, QUARTER = 30, 15
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Search:
    """One quest against one set of facts. `known`: what was worked out once for all spaces."""

    quest: Quest
    facts: Facts
    now: datetime
    known: dict = field(default_factory=dict)

    @property
    def house(self) -> House:
        return self.facts.house

    def once(self, *key, make: Callable):
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]


def openings(policy: SpacePolicy, day: date, search: Search) -> Iterator[Interval]:
    """In order of time, from the slot that is running now. Without half-days: each gap's first start, then every half
    hour. Where the time is settled, that and nothing else."""
    if policy.in_half_days:
        yield from _blocks(policy, day, search)
        return
    quest, length = search.quest, search.quest.length_in(policy)
    if length is None:
        return
    if length == A_DAY:
        length = civil_day(day, search.house.zone).length
    if length == quest.within.length:
        if day == search.facts.date_of(quest.within) and not _is_taken(quest.within, policy, search.facts):
            yield quest.within
        return
    running = _running_slot(policy, search)
    step = -(-HALF_HOUR // policy.slot_minutes) * policy.slot_minutes
    for gap in _gaps(policy, day, search):
        start = _on_grid(max(gap.start, running), policy.slot_minutes, search)
        while start + length <= gap.end:
            yield Interval(start, start + length)
            start = _on_grid(start + timedelta(minutes=1), step, search)


def last_start(policy: SpacePolicy, search: Search) -> datetime:
    return search.once("last_start", policy.advance_days, make=lambda: horizon(
        search.now, policy.advance_days, search.house.zone))


def _gaps(policy: SpacePolicy, day: date, search: Search) -> tuple[Interval, ...]:
    """The day's hours open to this person, within the window, less whatever is taken."""
    quest, house = search.quest, search.house
    stretch = search.once("stretch", day, make=lambda: civil_day(day, house.zone).common(quest.within))
    kinds = ordinary_kinds(quest.person, policy)
    ordinary = house.hours.stretches(policy.scopes, stretch, kinds)
    shut = search.once("shut", day, make=lambda: closed_for(
        house.closures, quest.person.organisation, stretch, house.zone))
    if policy.exclusive:
        shut = (*shut, *house.hours.stretches(policy.scopes, stretch, ("protected_break",)))
    opened = [part for each in ordinary if (part := each.common(stretch))]
    return minus(opened, (*shut, *_in_the_way(policy, stretch, search.facts)))


def _is_taken(during: Interval, policy: SpacePolicy, facts: Facts) -> bool:
    return next(_in_the_way(policy, during, facts), None) is not None


def _in_the_way(policy: SpacePolicy, during: Interval, facts: Facts) -> Iterator[Interval]:
    """What a booking here must stay clear of: others' time, with the buffers between two exclusive ones."""
    for other in facts.in_places(policy.parts):
        if policy.exclusive or other.apart:
            around = _with_buffers(other, policy, facts)
            if around.overlaps(during):
                yield around


def _with_buffers(other: Taken, policy: SpacePolicy, facts: Facts) -> Interval:
    theirs = facts.house.policy(other.space, facts.date_of(other.during))
    if not (policy.exclusive and theirs.exclusive):
        return other.during
    return other.during.widened(max(policy.buffer_after, theirs.buffer_before),
                                max(theirs.buffer_after, policy.buffer_before))


def _blocks(policy: SpacePolicy, day: date, search: Search) -> Iterator[Interval]:
    """The half-days that hold the wish, both together only where neither does."""
    fitting = search.once("blocks", day, make=lambda: _fitting_blocks(day, search))
    for block in fitting:
        is_more_than_needed = any(block != other and block.covers(other) for other in fitting)
        if not is_more_than_needed and not _is_taken(block, policy, search.facts):
            yield block


def _fitting_blocks(day: date, search: Search) -> list[Interval]:
    """They reach beyond the window only where their kind was asked for by name: whoever asks for any place from ten to
    eleven does not mean a whole morning."""
    quest, blocks = search.quest, sorted(desk_blocks(day, search.house.zone))
    running = search.now - _past_grid(search.now, QUARTER, search)
    if not blocks or quest.within.end <= running:
        return []
    left = Interval(max(quest.within.start, running), quest.within.end)
    wished = min(quest.length or timedelta(), left.length)      # of today, what is left
    if not quest.kinds:
        return [block for block in blocks if quest.within.covers(block) and block.length >= wished]
    shared = ((block, block.common(left)) for block in blocks)
    return [block for block, part in shared if part and part.length >= wished]


def _running_slot(policy: SpacePolicy, search: Search) -> datetime:
    """The start of the grid slot that is running now: the earliest that may still be booked."""
    return search.once("running", policy.slot_minutes, make=lambda: (
        search.now - _past_grid(search.now, policy.slot_minutes, search)))


def _on_grid(instant: datetime, step: int, search: Search) -> datetime:
    """The first instant on the wall-clock grid that is not before this one."""
    past = _past_grid(instant, step, search)
    return instant - past + timedelta(minutes=step) if past else instant


def _past_grid(instant: datetime, step: int, search: Search) -> timedelta:
    wall = instant.astimezone(search.house.zone).replace(tzinfo=None)
    return (wall - datetime.combine(wall, time())) % timedelta(minutes=step)

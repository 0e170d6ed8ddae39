"""What would work instead: the nearest places and times that judge() accepts for the same request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain, islice, zip_longest
from zoneinfo import ZoneInfo

from models.rules.finding.bars import Bars
from models.rules.finding.free import may_be_left
from models.rules.house.house import House, Space
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Wanted
from models.rules.judging.for_whom import is_others_neighbourhood
from models.rules.judging.judge import Verdict, approvals_needed, closed_door, judge
from models.rules.judging.modes import REFUSES, mode_of
from models.rules.judging.rejudging import as_asked
from models.rules.judging.when import desk_blocks, horizon, slot_start
from models.rules.refusals import REASONS, Refusal
from models.rules.times.hours import closed_for
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


# For a time, the spaces worth asking and what they are judged by.
Elsewhere = Callable[[Interval], tuple[Facts, Iterable[Space]]]


@dataclass(frozen=True, slots=True)
class Alternative:
    """`why`: same_time (another space), same_space (another time), or soonest (whatever comes first)."""

    space: str
    during: Interval
    why: str


def nearest_alternatives(
    wanted: Wanted,
    facts: Facts,
    now: datetime,
    *,
    within: Interval,
    most: int = MOST,
    elsewhere: Elsewhere | None = None,
) -> tuple[Alternative, ...]:
    """Up to `most` bookings that would be accepted now, best first: its own time put right, then by turns another space
    and another time. Other spaces are asked for the time put right where its own will not have that either.

    `within` is the stretch for which `facts` is complete: nothing outside it is offered. `elsewhere`: those of
    of_its_kind() that are worth asking for a time, with what they are judged by; None: all, by `facts`.
    """
    house, day = facts.house, facts.date_of(wanted.during)
    search = _Search(wanted, facts, now, within)
    own = put_right(wanted.during, house.policy(wanted.space, day), house)
    if not within.covers(own):
        return tuple(islice(search.times(own, ()), most))
    bars, verdict = Bars(wanted, own, facts), search.judged(wanted.space, own)
    first: tuple[Alternative, ...] = ()
    if verdict.accepted and own != wanted.during:
        first, bars = (Alternative(wanted.space, verdict.during, "same_space"),), Bars(wanted, wanted.during, facts)
    bars.learn(verdict.refusals, search.policy(wanted.space, own))
    spaces = search.spaces(wanted.during if first else own, bars, elsewhere)
    by_turns = chain(first, chain.from_iterable(zip_longest(spaces, search.times(own, verdict.refusals))))
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


@dataclass(frozen=True)
class _Search:
    """One wish among what is known of the places and times that may be offered for it."""

    wanted: Wanted
    facts: Facts
    now: datetime
    within: Interval
    _closed: dict[date, tuple[Interval, ...]] = field(default_factory=dict)

    def judged(self, space: str, during: Interval) -> Verdict:
        moved = replace(self.wanted, space=space, during=during, start_changes=True)
        return judge(moved, self.policy(space, during), self.facts, self.now)

    def spaces(self, during: Interval, bars: Bars, elsewhere: Elsewhere | None = None) -> Iterator[Alternative]:
        """Other spaces that judge() accepts at that time, in order of rank. What keeps it out of one is not asked again
        of those that are alike; what keeps it out of all ends the search."""
        if bars.is_final or not self.within.covers(during):
            return
        house, tried = self.facts.house, 0
        facts, others = elsewhere(during) if elsewhere else (self.facts, of_its_kind(self.wanted, house))
        there, left = (
            replace(self, facts=facts),
            [each for each in others if not bars.stop(self.policy(each.code, during))],
        )
        for code in _ranked(could_hold(self.wanted, house, left), self.wanted, house):
            policy = self.policy(code, during)
            if bars.stop(policy) or not there.may_be_left(during, policy):
                continue
            verdict, tried = there.judged(code, during), tried + 1
            if verdict.accepted:
                yield Alternative(code, verdict.during, "same_time")
            else:
                bars.learn(verdict.refusals, policy)
            if tried == MOST_TRIED or bars.is_final:
                return

    def times(self, own: Interval, refusals: Iterable[Refusal]) -> Iterator[Alternative]:
        """Other times of the space that judge() accepts, the nearest first; no two overlap: a quarter of an hour later
        is no other choice. `refusals`: of its own time."""
        staying = [each for each in refusals if REASONS[each.code].stays]
        offered: list[Interval] = []
        tried = 0
        for during in _other_times(own, self.wanted, self.facts):
            policy = self.policy(self.wanted.space, during)
            if (
                not self.within.covers(during)
                or during == self.wanted.during
                or any(during.overlaps(other) for other in offered)
                or self._is_out_of_reach(during, policy)
                or any(self._stays(each, during, policy) for each in staying)
                or not self.may_be_left(during, policy)
            ):
                continue
            verdict, tried = self.judged(self.wanted.space, during), tried + 1
            if verdict.accepted:
                offered.append(during)
                yield Alternative(self.wanted.space, verdict.during, "same_space")
            if tried == MOST_TRIED:
                return

    def policy(self, space: str, during: Interval) -> SpacePolicy:
        return self.facts.house.policy(space, self.facts.date_of(during))

    def may_be_left(self, during: Interval, policy: SpacePolicy) -> bool:
        return may_be_left(during, policy, self.facts, apart=self.wanted.exclusive, without=self.wanted.replaces)

    def _is_out_of_reach(self, during: Interval, policy: SpacePolicy) -> bool:
        """Past, further ahead than one may book, or when one's organisation is closed: seen without asking."""
        house, day = self.facts.house, self.facts.date_of(during)
        if during.start > horizon(self.now, policy.advance_days, house.zone):
            return True
        if policy.in_half_days:
            return during.end <= self.now
        is_closed = mode_of("R14", policy, house, day) == REFUSES and any(map(during.overlaps, self._closed_on(day)))
        return is_closed or during.start + timedelta(minutes=policy.slot_minutes) <= self.now

    def _closed_on(self, day: date) -> tuple[Interval, ...]:
        if day not in self._closed:
            house = self.facts.house
            whole = civil_day(day, house.zone)
            self._closed[day] = closed_for(house.closures, self.wanted.organisation, whole, house.zone)
        return self._closed[day]

    def _stays(self, refusal: Refusal, during: Interval, policy: SpacePolicy) -> bool:
        """Whether what was refused of its own time is refused of this one too."""
        house, zone, own = self.facts.house, policy.zone, self.wanted.during
        before, day = self.facts.date_of(own), self.facts.date_of(during)
        return policy == self.policy(self.wanted.space, own) and (
            refusal.rule is None or house.rule(refusal.rule, before, zone) == house.rule(refusal.rule, day, zone)
        )


def best_other_space(wanted: Wanted, facts: Facts, now: datetime, most: int = 1) -> tuple[Alternative, ...]:
    """The nearest other spaces that accept the booking at its own time."""
    search = _Search(wanted, facts, now, wanted.during)
    return tuple(islice(search.spaces(wanted.during, Bars(wanted, wanted.during, facts)), most))


def _ranked(policies: Iterable[SpacePolicy], wanted: Wanted, house: House) -> list[str]:
    """Those that stand at once before those that wait for approval, another service's desks last, the same sort before
    others, near before far, then the closest fit."""
    here = house.spaces[wanted.space]
    wished = house.policy(wanted.space, civil_date(wanted.during.start, house.zone))
    people = wanted.attendees or wished.persons(None, wanted.layout or wished.default_layout)
    ranked = []
    for policy in policies:
        space, places = house.spaces[policy.space], policy.most_in(wanted.layout or policy.default_layout)
        distance = 0 if space.zone == here.zone else 1 if space.floor == here.floor else 2
        waits = bool(approvals_needed(wanted, policy, is_evening=False))
        last = wished.traits.one_at_a_time and is_others_neighbourhood(space.zone, wanted.organiser, house)
        ranked.append(
            (
                waits,
                last,
                space.sort != here.sort,
                len(space.parts) > 1,
                distance,
                abs(places - people),
                space.code,
            )
        )
    return [code for *_, code in sorted(ranked)]


def of_its_kind(wanted: Wanted, house: House) -> list[Space]:
    """The other spaces of its kind and building."""
    here = house.spaces[wanted.space]
    like = here.kind, here.building
    return [each for each in house.spaces.values() if (each.kind, each.building) == like and each.code != here.code]


def could_hold(wanted: Wanted, house: House, spaces: Iterable[Space]) -> Iterator[SpacePolicy]:
    """Those of these spaces that are large enough for the party and open to its organiser."""
    day = civil_date(wanted.during.start, house.zone)
    for space in spaces:
        policy = house.policy(space.code, day)
        places = policy.places(wanted.layout or policy.default_layout)
        if (
            places is not None
            and places.limit >= (wanted.attendees or 1)
            and closed_door(policy, wanted.organiser, house, day) is None
        ):
            yield policy


def _other_times(own: Interval, wanted: Wanted, facts: Facts) -> Iterator[Interval]:
    """The same space, from its own time put right the nearest first, later before earlier; then on later days."""
    policy, zone = facts.house.policy(wanted.space, facts.date_of(wanted.during)), facts.house.zone
    if policy.in_half_days:
        times: Iterable[Interval] = (own, *desk_blocks(facts.date_of(wanted.during), zone))
    else:
        step = timedelta(minutes=policy.slot_minutes)
        starts = (own.start + way * step for steps in range(FARTHEST // step + 1) for way in (steps, -steps))
        times = (Interval(start, start + own.length) for start in starts)
    return chain(times, _later_days(own, zone))


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

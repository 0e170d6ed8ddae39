"""The first stretch of a space that somebody could book from a date on: what its form starts with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from models.rules.bookings.fields import Booked
from models.rules.finding.day import Day, Stretch
from models.rules.finding.free import Left
from models.rules.house.house import Space
from models.rules.house.policy import SpacePolicy
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.judge import judge
from models.rules.judging.when import desk_blocks, horizon
from models.rules.refusals import Refusal
from models.rules.times.interval import Interval, civil_date
from models.rules.values import MINUTES_A_DAY

Hours = Callable[[SpacePolicy, Day, Sequence[Booked | Taken]], Left]  # left_of(), evenings_left()
OF_TIME = ("start", "end")
MOST_TRIED, HALF_HOUR = 24, 30


def dates_with_room(space: Space, first: Day, hours: Hours) -> Iterator[Day]:
    """The dates from `first` on, in order, on which some of it could be booked by now, were nothing taken."""
    latest = horizon(first.now, first.policy(space).advance_days, first.house.zone)
    ahead = (civil_date(latest, first.house.zone) - first.date).days
    return (day for day in map(first.later, range(ahead + 1)) if hours(day.policy(space), day, ()).free)


def first_on(day: Day, wanted: Wanted, minutes: int, facts: Facts, hours: Hours) -> Interval | None:
    """The first time of that date at which nothing stands in the way of `wanted`; what is said of people, services and
    equipment is mended in the form and keeps no time from being proposed. `minutes`: how long where there is room for
    it; of a desk the whole day where it is free. `facts` is complete for the date."""
    policy = day.policy(day.house.spaces[wanted.space])
    free = hours(policy, day, facts.in_places(policy.parts)).free
    tries = _half_days(free, day) if policy.in_half_days else _starts(free, policy, minutes, day)
    for during in islice(tries, MOST_TRIED):
        verdict = judge(replace(wanted, during=during), policy, facts, day.now)
        if not any(map(_is_of_time, verdict.refusals)):
            return during
    return None


def _is_of_time(refusal: Refusal) -> bool:
    return refusal.clash or refusal.field in OF_TIME


def _half_days(free: Iterable[Stretch], day: Day) -> Iterator[Interval]:
    left = [day.interval(each) for each in free]
    *halves, whole = desk_blocks(day.date, day.house.zone)
    open_halves = [half for half in halves if any(half.overlaps(each) for each in left)]
    if open_halves == halves:
        yield whole
    yield from open_halves


def _starts(free: Iterable[Stretch], policy: SpacePolicy, minutes: int, day: Day) -> Iterator[Interval]:
    """Each stretch's first start, then every half hour, as long as is usual or as there is room for."""
    step, (least, most) = policy.slot_minutes, policy.lengths
    least = day.length if least == MINUTES_A_DAY else least
    length = max(min(-(-minutes // step) * step, most), least)
    for first, last in free:
        start = first
        while start + least <= last:
            yield day.interval((start, min(start + length, last)))
            start = day.on_grid(start + HALF_HOUR, step, up=True)

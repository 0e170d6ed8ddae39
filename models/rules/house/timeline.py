"""Something that holds from day to day, with a change in it: what held before stays, what was planned goes on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from operator import itemgetter
from typing import TypeVar

T = TypeVar("T")
Timeline = tuple[tuple[date, T], ...]  # oldest first: from when, and what

A_DAY = timedelta(days=1)


def held_on(timeline: Timeline[T], day: date) -> T | None:
    """What it says of a date; before its first entry nothing."""
    at = bisect_right(timeline, day, key=itemgetter(0))
    return timeline[at - 1][1] if at else None


def held_or_first(timeline: Timeline[T], day: date) -> T:
    """The same of what was never otherwise before: its first entry holds already."""
    return timeline[max(bisect_right(timeline, day, key=itemgetter(0)), 1) - 1][1]


def changed_from(
    timeline: Timeline[T],
    first: date,
    last: date | None,
    changed: Callable[[T], T],
    *,
    held: Callable[[Timeline[T], date], T] = held_or_first,
) -> Timeline[T]:
    """What was planned for later days keeps everything but what is set here; on the day after `last` comes back what
    would have held anyway. `held`: how that is found."""
    found = {since: value for since, value in timeline if since < first}
    found[first] = changed(held(timeline, first))
    for since, value in timeline:
        if since > first:
            found[since] = changed(value) if last is None or since <= last else value
    if last is not None:
        found.setdefault(last + A_DAY, held(timeline, last + A_DAY))
    return tuple(sorted(found.items(), key=itemgetter(0)))

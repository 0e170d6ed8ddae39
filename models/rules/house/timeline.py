"""Something that holds from day to day, with a change in it: what held before stays, what was planned goes on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")
Timeline = tuple[tuple[date, T], ...]  # oldest first: from when, and what

A_DAY = timedelta(days=1)


def changed_from(
    timeline: Timeline, first: date, last: date | None, changed: Callable[[T], T], *, or_first: bool = True
) -> Timeline:
    """What was planned for later days keeps everything but what is set here; on the day after `last` comes back what
    would have held anyway. `or_first`: before the first entry it holds already."""
    found = {since: value for since, value in timeline if since < first}
    found[first] = changed(held_on(timeline, first, or_first=or_first))
    for since, value in timeline:
        if since > first:
            found[since] = changed(value) if last is None or since <= last else value
    if last is not None:
        found.setdefault(last + A_DAY, held_on(timeline, last + A_DAY, or_first=or_first))
    return tuple(sorted(found.items(), key=lambda entry: entry[0]))


def held_on(timeline: Timeline, day: date, *, or_first: bool = False) -> T | None:
    """What it says of a date; before its first entry nothing, or else the first."""
    at = bisect_right(timeline, day, key=lambda entry: entry[0])
    if at:
        return timeline[at - 1][1]
    return timeline[0][1] if timeline and or_first else None

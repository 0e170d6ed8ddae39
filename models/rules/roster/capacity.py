"""How much of a roster somebody is there for, and how much of that is booked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from models.rules.roster.duties import Duty
from models.rules.times.interval import Interval


def without_anybody(duties: Iterable[Duty], away: frozenset[int]) -> list[Duty]:
    """The duties for which nobody comes: nobody has them yet, or whoever has is away."""
    return [duty for duty in duties if duty.person_id is None or duty.person_id in away]


def planned(duties: Iterable[Duty], away: frozenset[int]) -> dict[str, timedelta]:
    """By service, how long somebody is there for it, counter by counter."""
    duties = list(duties)
    missing = without_anybody(duties, away)
    found: dict[str, timedelta] = {}
    for duty in duties:
        if duty not in missing:
            found[duty.service] = found.get(duty.service, timedelta()) + _length(duty.during)
    return found


def booked(talks: Iterable[tuple[str, Interval]]) -> dict[str, timedelta]:
    """By service, how long its talks are together."""
    found: dict[str, timedelta] = {}
    for service, during in talks:
        found[service] = found.get(service, timedelta()) + during.length
    return found


def _length(stretches: Iterable[Interval]) -> timedelta:
    return sum((each.length for each in stretches), timedelta())

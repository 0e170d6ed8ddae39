"""Where a roster does not go together: two at one counter, or one person in two places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from models.rules.roster.duties import Duty, WeeklyDuty


@dataclass(frozen=True, slots=True)
class Clash:
    """Two weekly duties that cannot both be. `code`: roster_clash where one person has both, counter_taken where both
    are at one counter."""

    code: str
    earlier: WeeklyDuty
    later: WeeklyDuty


def clashes(weekly: Iterable[WeeklyDuty]) -> Iterator[Clash]:
    """Each pair of a pattern that cannot both be, the later with the first one that it meets."""
    by_half_day: dict[tuple[int, str], list[WeeklyDuty]] = {}
    for later in weekly:
        before = by_half_day.setdefault((later.weekday, later.half_day), [])
        found = next((clash for earlier in before if (clash := clash_of(earlier, later))), None)
        if found is not None:
            yield found
        before.append(later)


def clash_of(earlier: WeeklyDuty, later: WeeklyDuty) -> Clash | None:
    """Why two weekly duties cannot both be; None where they can."""
    if not earlier.meets(later):
        return None
    if earlier.counter == later.counter:
        return Clash("counter_taken", earlier, later)
    if earlier.person_id is not None and earlier.person_id == later.person_id:
        return Clash("roster_clash", earlier, later)
    return None


def in_two_places(duties: Iterable[Duty]) -> list[tuple[Duty, Duty]]:
    """Duties of a date that one person has at one time at two counters."""
    return [
        (one, other)
        for one, other in combinations(duties, 2)
        if one.person_id is not None and one.person_id == other.person_id and _at_once(one, other)
    ]


def _at_once(one: Duty, other: Duty) -> bool:
    return any(here.overlaps(there) for here in one.during for there in other.during)

"""Who does somebody's talks and duties while they are away: colleagues whom nothing else keeps, each at one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.rules.times.interval import Interval


@dataclass(frozen=True, slots=True)
class Errand:
    """One talk or duty that somebody else is to do. `key`: of a talk its handle, of a duty its date, half-day and
    counter. `version`: of the talk, as it was looked at; of a duty 0."""

    key: str
    service: str
    space: str
    during: tuple[Interval, ...]
    is_duty: bool = False
    version: int = 0
    number: int = 0

    @property
    def start(self) -> Interval:
        return self.during[0]


@dataclass(frozen=True, slots=True)
class Helper:
    """A colleague: `busy` when they talk, meet or are away; `on_duty`, for a service, when they sit at a counter."""

    id: int
    service: str | None
    languages: frozenset[str] = frozenset()
    busy: tuple[Interval, ...] = ()
    on_duty: tuple[tuple[str, Interval], ...] = ()


def can_do(errand: Errand, helper: Helper, also: Iterable[Interval] = ()) -> bool:
    """Whether nothing keeps them then. From a duty for the same service one is called to a talk; to sit at two counters
    nobody can. `also`: what else they were given."""
    kept = [*helper.busy, *also]
    kept += [each for service, each in helper.on_duty if errand.is_duty or service != errand.service]
    return not any(mine.overlaps(theirs) for mine in errand.during for theirs in kept)


def proposed(errands: Sequence[Errand], helpers: Sequence[Helper], languages: frozenset[str]) -> dict[str, int | None]:
    """By errand who could do it, the earliest first: whoever is on duty for the service, then its own people; of those
    for a talk who speaks most of the `languages`, for a duty who has got the fewest so far. None where nobody can."""
    given: dict[int, list[Interval]] = {each.id: [] for each in helpers}
    found: dict[str, int | None] = {}
    for errand in sorted(errands, key=lambda each: (each.start, each.key)):
        able = [each for each in helpers if can_do(errand, each, given[each.id])]
        best = min(able, key=lambda each: _rank(errand, each, languages, len(given[each.id])), default=None)
        found[errand.key] = best.id if best else None
        if best:
            given[best.id] += errand.during
    return found


def in_the_way(errands: Iterable[Errand], chosen: Mapping[str, int | None]) -> Errand | None:
    """Of two errands that would have somebody in two places at once, the one that comes first; None where there are
    none."""
    given: dict[int, list[Errand]] = {}
    for errand in sorted(errands, key=lambda each: (each.start, each.key)):
        who = chosen.get(errand.key)
        if who is None:
            continue
        for other in given.setdefault(who, []):
            if any(mine.overlaps(theirs) for mine in errand.during for theirs in other.during):
                return other
        given[who].append(errand)
    return None


def _rank(errand: Errand, helper: Helper, languages: frozenset[str], so_far: int) -> tuple[bool, bool, int, int, int]:
    on_duty = any(service == errand.service and each.overlaps(errand.start) for service, each in helper.on_duty)
    unspoken = len(languages - helper.languages)
    first, second = (so_far, unspoken) if errand.is_duty else (unspoken, so_far)
    return not on_duty, helper.service != errand.service, first, second, helper.id

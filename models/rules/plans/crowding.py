"""Who leaves a place that became too small: the fewest people that suffice, at every instant, and who keeps what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.rules.bookings.fields import Booked
from models.rules.changes.precedence import is_in_use
from models.rules.house.house import House
from models.rules.presence.headcount import Presence, profile
from models.rules.times.interval import Interval

FINEST = 2_000  # an excess larger than this is met in steps of several people
NO_PRECEDENCE = 1_000
A_BOOKING, A_PERSON, A_LEVEL = 10**7, 10**11, 10**18  # none ever outweighs the next


@dataclass(frozen=True, slots=True)
class Present:
    """A booking in a place that counts heads. `claim`: how strong its claim to stay is, the larger the stronger; None:
    it does not leave, whatever happens."""

    id: int
    during: Interval
    persons: int
    claim: int | None = None


Chain = tuple[Present, "Chain | None"]
Best = tuple[int, Chain | None]  # cost, and who


def claims_of(bookings: Iterable[Booked], house: House, now: datetime) -> dict[int, int]:
    """A number for each by its claim to its place: one that is being used, then a body that comes before others, then
    who came first. Steps between these three are wider than any number of people can outweigh."""
    ranks = {each.code: each.rank for each in house.precedence}
    ordered = sorted(bookings, key=lambda each: (each.created_at or now, each.id), reverse=True)
    claims = {}
    for place, booking in enumerate(ordered):
        level = NO_PRECEDENCE * is_in_use(booking, now)
        if booking.precedence in ranks:
            level += NO_PRECEDENCE - min(ranks[booking.precedence], NO_PRECEDENCE - 1)
        claims[booking.id] = level * A_LEVEL + place
    return claims


def least_to_leave(present: Collection[Present], limit: int) -> set[int]:
    """Whose leaving brings everyone else to the limit or below it, at every instant at which that can be done.

    The worst instant first, for whoever leaves there often leaves others too. At one instant the choice is exact:
    weaker claims before stronger ones, then the fewest people, then the fewest bookings, then who came last.
    """
    left: set[int] = set()
    hopeless: set[datetime] = set()
    while True:
        here = [each for each in present if each.id not in left]
        crowded = [
            stretch for stretch in _profile(here) if stretch.persons > limit and stretch.during.start not in hopeless
        ]
        if not crowded:
            return left
        worst = max(crowded, key=lambda stretch: stretch.persons)
        instant = worst.during.start
        movable = [each for each in here if each.claim is not None and each.persons > 0 and each.during.has(instant)]
        chosen = _fewest(movable, worst.persons - limit)
        if sum(each.persons for each in chosen) < worst.persons - limit:
            hopeless.add(instant)
        left |= {each.id for each in chosen}


def _profile(here: list[Present]) -> tuple[Presence, ...]:
    if not here:
        return ()
    whole = Interval(min(each.during.start for each in here), max(each.during.end for each in here))
    return profile((Presence(each.during, each.persons) for each in here), whole)


def _fewest(movable: list[Present], excess: int) -> list[Present]:
    """The cheapest of them that are together at least `excess` people; all of them where even that is too few."""
    if sum(each.persons for each in movable) <= excess:
        return movable
    step = -(-excess // FINEST)
    needed = -(-excess // step)
    best: list[Best | None] = [None] * (needed + 1)  # by people that have left
    best[0] = (0, None)
    for each in movable:
        weight = each.persons // step
        if weight:
            _offer(best, each, weight, needed)
    cheapest = best[needed]
    if cheapest is None:
        return movable
    chosen, link = [], cheapest[1]
    while link is not None:
        each, link = link
        chosen.append(each)
    return chosen


def _offer(best: list[Best | None], each: Present, weight: int, needed: int) -> None:
    cost = (each.claim or 0) + each.persons * A_PERSON + A_BOOKING
    for gone in range(needed - 1, -1, -1):
        known = best[gone]
        if known is None:
            continue
        reached, total = min(needed, gone + weight), known[0] + cost
        there = best[reached]
        if there is None or total < there[0]:
            best[reached] = (total, (each, known[1]))


def strongest_first(ids: Iterable[int], claims: Mapping[int, int]) -> list[int]:
    """The strongest claim first; those of equal claim stay in their order."""
    return sorted(ids, key=lambda number: -claims[number])

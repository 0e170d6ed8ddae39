"""How long it took until the people on the list were accounted for, by the marks that stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.rules.presence.evacuation import ToClear

SHARES = (50, 90, 100)  # percent


@dataclass(frozen=True, slots=True)
class Reached:
    """Of how many `people`, and for each of SHARES how long `after` the beginning so many of them were accounted for;
    None: never."""

    people: int
    after: tuple[timedelta | None, ...]


def accounted_for(line: ToClear) -> int:
    """How many of a line's people it is known of where they are: all of one that is out or where nobody was there, but
    for those who are missing; of one that nobody looked at, none. Of the unknown, the most that they can be."""
    return max(line.persons - line.mark.missing, 0) if line.mark else 0


def reached(lines: Iterable[ToClear], begun: datetime) -> Reached:
    """By the moments of the marks that stand: one that was taken back, or made again, does not count any more."""
    groups = [line for line in lines if not line.is_zone]
    people = sum(max(line.persons, line.mark.missing if line.mark else 0) for line in groups)
    found, after = 0, dict[int, timedelta | None].fromkeys(SHARES)
    for at, persons in sorted((line.mark.at, accounted_for(line)) for line in groups if line.mark):
        found += persons
        for share in SHARES:
            if after[share] is None and people and found * 100 >= people * share:
                after[share] = at - begun
    return Reached(people, tuple(after.values()))


def reached_by_zone(lines: Iterable[ToClear], begun: datetime) -> dict[str, Reached]:
    """For each zone in which somebody is on the list."""
    by_zone: dict[str, list[ToClear]] = {}
    for line in lines:
        by_zone.setdefault(line.zone, []).append(line)
    found = {zone: reached(here, begun) for zone, here in by_zone.items()}
    return {zone: each for zone, each in found.items() if each.people}

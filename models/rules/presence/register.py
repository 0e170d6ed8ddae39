"""The safety register: what every limit was, when it changed, on what ground, and who said so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

SAFETY = ("fire_max", "ventilation_m3h", "air_level", "ceiling")
PLACES = "places."  # and a layout


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a place or rule that became another. `scope`: building, floor, zone, space or rule. `what`:
    max_persons, one of SAFETY, places.<layout>, mode, parameter or applies_to. `before` and `after` None: no limit.

    `zone`: the one zone for which a rule was set. `is_first`: what held from the beginning, so there is nothing before.
    `replaced_at`: it was set otherwise again for the same first day, so that it only held until then.
    """

    scope: str
    code: str
    what: str
    before: object
    after: object
    valid_from: date
    set_at: datetime | None
    author: str | None
    reason: str
    legal_basis: str | None = None
    is_first: bool = False
    replaced_at: datetime | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Set:
    """What a row says from a date on: all its values, and who set them."""

    valid_from: date
    values: Mapping[str, object]
    set_at: datetime | None
    author: str | None
    reason: str
    legal_basis: str | None = None
    zone: str = ""


def lines_of(scope: str, code: str, rows: Iterable[Set]) -> Iterator[Line]:
    """What each row of one place or rule, oldest first, says otherwise than the one before it."""
    before: Mapping[str, object] | None = None
    for row in rows:
        names = row.values if before is None else {**before, **row.values}
        for name in names:
            was, now = (before or {}).get(name), row.values.get(name)
            if was != now:
                yield Line(
                    scope,
                    code,
                    name,
                    was,
                    now,
                    row.valid_from,
                    row.set_at,
                    row.author,
                    row.reason,
                    row.legal_basis,
                    is_first=before is None,
                    zone=row.zone,
                )
        before = row.values


def in_order(lines: Iterable[Line]) -> list[Line]:
    """The latest first; of one date, the building before its floors, zones, spaces and rules."""
    scopes = ("building", "floor", "zone", "space", "rule")
    return sorted(
        lines,
        key=lambda line: (-line.valid_from.toordinal(), scopes.index(line.scope), line.code, line.zone, line.what),
    )


def lies_between(line: Line, first: date | None, last: date | None, day_set: date | None) -> bool:
    """Whether it was set, or came to hold, on a day between two; none given: always."""
    return any(
        (first is None or first <= day) and (last is None or day <= last)
        for day in (line.valid_from, day_set)
        if day is not None
    )

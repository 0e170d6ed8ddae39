"""When a space is open: weekly hours by scope, first Saturdays, validity, and the days an organisation is closed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from models.rules.times.interval import Interval, civil_dates, civil_day, joined, minus, wall_span

ScopeType = Literal["building", "zone", "space"]
HoursKind = Literal["staff_access", "public", "after_hours", "protected_break"]
Scope = tuple[str, str]  # (ScopeType, code)
_Asked = tuple[tuple[Scope, ...], date, date, tuple[HoursKind, ...]]
MOST_REMEMBERED = 20_000  # stretches of a chain of scopes and some dates


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One line of weekly hours. Weekday 1 is Monday; minutes count from local midnight, 1440 is 24:00."""

    scope_type: ScopeType
    scope_code: str
    weekday: int
    week_of_month: int | None  # n: that weekday's n-th occurrence in the month only; -1: its last
    opens: int
    closes: int
    kind: HoursKind
    valid_from: date | None
    valid_to: date | None  # the last day on which it holds

    def is_valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def falls_on(self, day: date) -> bool:
        """Whether a valid row means this date: the right weekday, and the right one of the month."""
        if day.isoweekday() != self.weekday:
            return False
        if self.week_of_month is None:
            return True
        if self.week_of_month < 0:
            return -1 - (monthrange(day.year, day.month)[1] - day.day) // 7 == self.week_of_month
        return (day.day + 6) // 7 == self.week_of_month


@dataclass(frozen=True, slots=True)
class Closure:
    """A date on which organisations are closed: a `half_day` but from `opens` to `closes`, any other kind all day."""

    day: date
    kind: str
    opens: int | None  # minutes from local midnight, as in HoursRow
    closes: int | None
    organisations: frozenset[str]  # empty: every organisation
    name: str

    def is_for(self, organisation: str) -> bool:
        return not self.organisations or organisation in self.organisations


class HoursBook:
    """All weekly hours of a building, asked by a chain of scopes, nearest first: space, zone, building.

    A book never changes; what it has worked out for a scope and date it remembers, so the
    building's hours of a date are worked out once for all its spaces.
    """

    __slots__ = ("_joined", "_known", "_rows", "_scopes", "zone")

    def __init__(self, rows: Iterable[HoursRow], zone: ZoneInfo):
        self.zone = zone
        self._rows: dict[tuple[str, Scope], list[HoursRow]] = {}
        for row in rows:
            self._rows.setdefault((row.kind, (row.scope_type, row.scope_code)), []).append(row)
        self._scopes = {scope for _kind, scope in self._rows}
        self._known: dict[tuple[str, Scope, date], tuple[Interval, ...] | None] = {}
        self._joined: dict[_Asked, tuple[Interval, ...]] = {}

    def all_rows(self) -> list[HoursRow]:
        return [row for rows in self._rows.values() for row in rows]

    def knows(self, scope: Scope) -> bool:
        """Whether it has hours of its own."""
        return scope in self._scopes

    def of_kind(self, kind: HoursKind, scopes: Iterable[Scope], day: date) -> tuple[Interval, ...]:
        """The hours of one kind on a date, in the nearest scope that has rows of that kind then, for whichever weekday:
        a space with hours of its own on Mondays is thereby closed on Tuesdays, whatever its building says.

        To residents a building's rows do not count: a zone without its own is closed to them. Breaks are those of every
        scope: a space's own does not lift its building's.
        """
        found = (
            hours
            for scope in scopes
            if kind != "public" or scope[0] != "building"
            if (hours := self._of_scope(kind, scope, day)) is not None
        )
        return joined(pause for hours in found for pause in hours) if kind == "protected_break" else next(found, ())

    def stretches(self, scopes: Iterable[Scope], during: Interval, kinds: Iterable[HoursKind]) -> tuple[Interval, ...]:
        """All hours of these kinds as joined stretches, from the day before `during` to the day after.

        The days around it let two dates that are open until and from midnight make one stretch.
        """
        chain, touched = tuple(filter(self.knows, scopes)), civil_dates(during, self.zone)
        key = (chain, touched[0], touched[-1], tuple(kinds))
        known = self._joined.get(key)
        if known is None:
            around = (touched[0] - timedelta(days=1), *touched, touched[-1] + timedelta(days=1))
            known = joined(hours for kind in key[-1] for day in around for hours in self.of_kind(kind, chain, day))
            if len(self._joined) >= MOST_REMEMBERED:
                self._joined.clear()
            self._joined[key] = known
        return known

    def _of_scope(self, kind: HoursKind, scope: Scope, day: date) -> tuple[Interval, ...] | None:
        """One scope's hours of a date, or None where it has no rows of that kind then and the next scope decides."""
        rows = self._rows.get((kind, scope))
        if rows is None:
            return None
        key = (kind, scope, day)
        if key not in self._known:
            valid = [row for row in rows if row.is_valid_on(day)]
            spans = (wall_span(day, row.opens, row.closes, self.zone) for row in valid if row.falls_on(day))
            self._known[key] = joined(span for span in spans if span is not None) if valid else None
        return self._known[key]


def closed_for(
    closures: Iterable[Closure], organisation: str, during: Interval, zone: ZoneInfo
) -> tuple[Interval, ...]:
    """When an organisation is closed on the dates that `during` touches: whole civil days, or all but the open half."""
    touched = set(civil_dates(during, zone))
    return joined(
        stretch
        for closure in closures
        if closure.day in touched and closure.is_for(organisation)
        for stretch in _closed_stretches(closure, zone)
    )


def _closed_stretches(closure: Closure, zone: ZoneInfo) -> tuple[Interval, ...]:
    """The closed part of a closure's date; a half day of which one end is not set is open from or to midnight."""
    whole = civil_day(closure.day, zone)
    if closure.kind != "half_day" or (closure.opens is None and closure.closes is None):
        return (whole,)
    opens, closes = closure.opens or 0, 24 * 60 if closure.closes is None else closure.closes
    still_open = wall_span(closure.day, opens, closes, zone)
    return minus((whole,), (still_open,) if still_open else ())

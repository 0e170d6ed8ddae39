"""Repeats in local wall time: the occurrences of an RFC 5545 rule, and what a clock change skipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from models.rules.times.interval import Interval, LocalTimeMissing, civil_day, nearest_utc, wall_length, wall_to_utc
from models.rules.times.repeat_rule import is_utc, months_on
from models.rules.times.rule_text import FIRST_YEAR, LAST_YEAR, BadRecurrence, read_rule

__all__ = ["BadRecurrence", "Occurrence", "Skipped", "occurrences", "read_rule"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series: its instants in UTC, and the naive local time it was meant for."""

    start: datetime
    end: datetime
    wall_start: datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """A date of the rule on which its start or its end falls into the hour that a clock change skips."""

    wall_start: datetime
    reason: str = "local_time_missing"


def occurrences(
    value: str, start_wall: datetime, length: timedelta, zone: ZoneInfo, *, most: int = 400, months: int = 24
) -> tuple[tuple[Occurrence, ...], tuple[Skipped, ...]]:
    """Every date of a rule from `start_wall` on, in local wall time, or BadRecurrence.

    09:00-10:30 stays so across clock changes; a time that comes twice means the first. `length` is the UTC
    length of the first occurrence. The start itself is a date only if the rule gives it. COUNT counts the
    skipped dates too: who asks for ten weeks gets ten, one of them refused.
    """
    rule = read_rule(value)
    if not FIRST_YEAR <= start_wall.year <= LAST_YEAR or length > timedelta(days=366):
        raise BadRecurrence("too_long")
    last_day = months_on(start_wall.date(), months)
    if rule.until is not None and _is_after(rule.until, last_day, zone):
        raise BadRecurrence("too_long")
    if rule.count is not None and rule.count > most:
        raise BadRecurrence("too_many")

    # Lazily, and one more than may be: a rule without end is refused as too many without being stepped through.
    walls = (datetime.combine(day, start_wall.time()) for day in rule.dates(start_wall.date(), last_day))
    in_time = takewhile(lambda wall: _is_in_time(wall, rule.until, zone), walls)
    wanted = list(islice(in_time, rule.count or most + 1))
    if not wanted:
        raise BadRecurrence("no_dates")
    if len(wanted) > most:
        raise BadRecurrence("too_many")
    # Fewer than were asked for: the last ones lie beyond the months looked at. Half a series is no answer.
    if rule.count is not None and len(wanted) < rule.count:
        raise BadRecurrence("too_long")

    # Every date lasts as long by the clock on the wall, so that 09:00-10:30 ends at 10:30 in summer too; only the first
    # lasts exactly as long as was asked, be it across the night of a clock change.
    first = nearest_utc(start_wall, zone)
    on_the_wall = wall_length(Interval(first, first + length), zone)
    found: list[Occurrence] = []
    skipped: list[Skipped] = []
    for wall in wanted:
        try:
            start = wall_to_utc(wall, zone)
            end = start + length if wall == start_wall else wall_to_utc(wall + on_the_wall, zone)
            found.append(Occurrence(start, end, wall))
        except LocalTimeMissing:
            skipped.append(Skipped(wall))
    return tuple(found), tuple(skipped)


def _is_after(until: date | datetime, last_day: date, zone: ZoneInfo) -> bool:
    if is_utc(until):
        return until >= civil_day(last_day, zone).end
    return (until.date() if isinstance(until, datetime) else until) > last_day


def _is_in_time(wall: datetime, until: date | datetime | None, zone: ZoneInfo) -> bool:
    if until is None:
        return True
    if is_utc(until):
        return nearest_utc(wall, zone) <= until
    return wall <= until if isinstance(until, datetime) else wall.date() <= until

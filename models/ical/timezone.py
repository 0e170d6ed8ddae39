"""VTIMEZONE of any zone, its rules found by asking zoneinfo when the clocks change.

As yearly RRULEs where the zone keeps to a rule: lists of dates (RDATE), which icalendar
would write, make ical.js and vobject show summer events an hour late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

# After 28 years dates fall on the same weekdays again, so a rule that holds so long is not met by chance:
# in a few years in a row "the fourth Sunday" may well be the last one each time.
YEARS_TO_PROVE_A_RULE = 28

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class ClockChange:
    """At the wall time `onset`, as read on the old clock, a zone goes from `before` to `after` ahead of UTC."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    to_summer: bool


@lru_cache(maxsize=128)
def is_utc(zone: ZoneInfo) -> bool:
    """Is this UTC itself under one of its names? Then times are written with a Z and need no VTIMEZONE."""
    return zone.key.rpartition("/")[2] in ("UTC", "UCT", "Universal", "Zulu")


@lru_cache(maxsize=128)
def timezone_lines(zone: ZoneInfo, first_year: int, last_year: int) -> tuple[str, ...]:
    """The VTIMEZONE's lines, right for every instant of those years; where the zone has a rule, long after too."""
    proof = range(first_year - 1, max(last_year + 1, first_year - 2 + YEARS_TO_PROVE_A_RULE) + 1)
    changes = tuple(clock_changes(zone, proof[0], proof[-1]))
    observances = _yearly(changes, proof)
    if not observances:
        needed = (change for change in changes if change.onset.year <= last_year + 1)
        observances = [(change, None) for change in (_standing(zone, proof[0]), *needed)]
    inner = (line for change, rule in observances for line in _observance(change, rule))
    return ("BEGIN:VTIMEZONE", f"TZID:{zone.key}", *inner, "END:VTIMEZONE")


def clock_changes(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[ClockChange]:
    """Every change of the offset from UTC in those years, in order; a new name alone is none."""
    instant = datetime(first_year, 1, 1, tzinfo=UTC)
    end = datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while instant < end:
        next_day = instant + timedelta(days=1)
        if _offset(instant, zone) != _offset(next_day, zone):
            yield _change_between(instant, next_day, zone)
        instant = next_day


@lru_cache(maxsize=4096)
def steady_offset(zone: ZoneInfo, day: date) -> timedelta | None:
    """How far ahead of UTC the zone is all of that date of UTC, and the days before and after; None where its clocks
    change meanwhile. On a steady day each wall time is one instant."""
    midnight = datetime.combine(day, time(), UTC)
    offsets = {_offset(midnight + timedelta(hours=hours), zone) for hours in range(-24, 49)}
    return offsets.pop() if len(offsets) == 1 else None


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _change_between(earlier: datetime, later: datetime, zone: ZoneInfo) -> ClockChange:
    before = _offset(earlier, zone)
    while later - earlier > timedelta(seconds=1):
        middle = earlier + timedelta(seconds=(later - earlier) // timedelta(seconds=2))
        if _offset(middle, zone) == before:
            earlier = middle
        else:
            later = middle
    old, new = earlier.astimezone(zone), later.astimezone(zone)
    after = _offset(later, zone)
    # Not whether dst() is more than nothing: Ireland's law calls summer time standard and winter the exception.
    to_summer = after > before and bool(old.dst()) != bool(new.dst())
    return ClockChange(later.replace(tzinfo=None) + before, before, after, new.tzname() or "", to_summer)


def _standing(zone: ZoneInfo, year: int) -> ClockChange:
    """What holds as `year` begins, in the form of a change that changes nothing."""
    onset = datetime(year, 1, 1)  # noqa: DTZ001 - on the wall, as DTSTART of a VTIMEZONE is written
    local = onset.replace(tzinfo=UTC).astimezone(zone)
    offset, summer = local.utcoffset() or timedelta(), local.dst() or timedelta()
    return ClockChange(onset, offset, offset, local.tzname() or "", summer > timedelta())


def _yearly(changes: Iterable[ClockChange], years: range) -> list[tuple[ClockChange, str | None]]:
    """The first change of each kind with the RRULE all of that kind follow; nothing unless every change follows one."""
    kinds: dict[tuple[object, ...], list[ClockChange]] = {}
    for change in changes:
        kinds.setdefault((change.before, change.after, change.name, change.to_summer), []).append(change)
    found = [(kind[0], _rule(kind, years)) for kind in kinds.values()]
    return found if all(rule for _, rule in found) else []


def _rule(changes: list[ClockChange], years: range) -> str | None:
    onsets = [change.onset for change in changes]
    if [onset.year for onset in onsets] != list(years):
        return None
    if len({(onset.month, onset.weekday(), onset.time()) for onset in onsets}) > 1:
        return None
    weeks = {(onset.day - 1) // 7 + 1 for onset in onsets}
    if all((onset + timedelta(days=7)).month != onset.month for onset in onsets):
        weeks = {-1}
    if len(weeks) > 1:
        return None
    return f"FREQ=YEARLY;BYMONTH={onsets[0].month};BYDAY={weeks.pop()}{_WEEKDAYS[onsets[0].weekday()]}"


def _observance(change: ClockChange, rule: str | None) -> Iterator[str]:
    kind = "DAYLIGHT" if change.to_summer else "STANDARD"
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{change.onset:%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_signed(change.before)}"
    yield f"TZOFFSETTO:{_signed(change.after)}"
    yield f"TZNAME:{change.name}"
    if rule:
        yield f"RRULE:{rule}"
    yield f"END:{kind}"


def _signed(offset: timedelta) -> str:
    minutes, seconds = divmod(round(abs(offset).total_seconds()), 60)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")

"""Time as the house reckons it: half-open stretches of UTC, and the civil days of a zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


class LocalTimeMissing(ValueError):
    """A wall time that a clock change skips: it never happens in that zone."""

    def __init__(self, wall: datetime, zone: ZoneInfo):
        super().__init__(f"{wall} does not exist in {zone.key}")
        self.wall = wall


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """[start, end): aware instants, kept in UTC. Back to back is no overlap."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            if self.start.tzinfo is None or self.end.tzinfo is None:
                raise ValueError("an interval needs aware instants")
            object.__setattr__(self, "start", self.start.astimezone(UTC))
            object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end <= self.start:
            raise ValueError("an interval ends after it starts")

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlaps(self, other: Interval) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Interval) -> bool:
        return self.start <= other.start and other.end <= self.end

    def has(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    def common(self, other: Interval) -> Interval | None:
        """What both share, or None where they share nothing."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Interval(start, end) if start < end else None

    def widened(self, before: timedelta, after: timedelta) -> Interval:
        return Interval(self.start - before, self.end + after)


def joined(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same instants in as few stretches as possible, in order; touching ones become one."""
    stretches: list[Interval] = []
    for interval in sorted(intervals):
        if stretches and interval.start <= stretches[-1].end:
            if interval.end > stretches[-1].end:
                stretches[-1] = Interval(stretches[-1].start, interval.end)
        else:
            stretches.append(interval)
    return tuple(stretches)


def minus(intervals: Iterable[Interval], taken: Iterable[Interval]) -> tuple[Interval, ...]:
    """The instants of `intervals` that lie in none of `taken`, joined and in order."""
    left = list(joined(intervals))
    for gone in joined(taken):
        kept: list[Interval] = []
        for piece in left:
            if not piece.overlaps(gone):
                kept.append(piece)
                continue
            if piece.start < gone.start:
                kept.append(Interval(piece.start, gone.start))
            if gone.end < piece.end:
                kept.append(Interval(gone.end, piece.end))
        left = kept
    return tuple(left)


def wall_to_utc(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a naive wall time. One that comes twice means the first; a skipped one raises LocalTimeMissing."""
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall:
        raise LocalTimeMissing(wall, zone)
    return instant


def nearest_utc(wall: datetime, zone: ZoneInfo) -> datetime:
    """As wall_to_utc, for opening hours, which never fail: a skipped wall time becomes the instant of the jump."""
    try:
        return wall_to_utc(wall, zone)
    except LocalTimeMissing:
        return _jump_over(wall.replace(microsecond=0), zone)


def wall_instant(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """When the clocks of `zone` show a time such as 17:00 on a date."""
    hour, minute = map(int, clock.split(":"))
    return nearest_utc(datetime.combine(day, time(hour, minute)), zone)


def _jump_over(missing: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the clocks of `zone` jump over a wall time, to the second.

    Python reads a skipped wall time with the old offset (02:30 becomes 03:30) or, under fold, with
    the new one (01:30); neither is the jump itself, which lies between them.
    """
    before, after = (missing.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    old_offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old_offset:
            before = middle
        else:
            after = middle
    return after


@lru_cache(maxsize=10_000)
def civil_day(day: date, zone: ZoneInfo) -> Interval:
    """[00:00, next 00:00) of a date in a zone: 23, 24 or 25 hours."""
    return Interval(
        nearest_utc(datetime.combine(day, time()), zone),
        nearest_utc(datetime.combine(day + timedelta(days=1), time()), zone),
    )


def wall_length(during: Interval, zone: ZoneInfo) -> timedelta:
    """How long it lasts by the clock on the wall: from midnight to midnight 24 hours, be they 23 or 25. From the first
    02:30 to the second 02:15 that clock goes back: then the time that passes."""
    start, end = (instant.astimezone(zone).replace(tzinfo=None) for instant in (during.start, during.end))
    return end - start if end > start else during.length


def civil_date(instant: datetime, zone: ZoneInfo) -> date:
    """The date on the wall calendar of `zone` at an instant."""
    return instant.astimezone(zone).date()


@lru_cache(maxsize=10_000)
def civil_dates(during: Interval, zone: ZoneInfo) -> tuple[date, ...]:
    """Every date of `zone` that an interval touches, in order."""
    first = civil_date(during.start, zone)
    last = civil_date(during.end - timedelta(microseconds=1), zone)
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def wall_span(day: date, opens_minute: int, closes_minute: int, zone: ZoneInfo) -> Interval | None:
    """The stretch between two wall-clock minutes of a date (1440 = its end); None where no time is left of it."""
    midnight = datetime.combine(day, time())
    start = nearest_utc(midnight + timedelta(minutes=opens_minute), zone)
    end = nearest_utc(midnight + timedelta(minutes=closes_minute), zone)
    return Interval(start, end) if start < end else None

"""How much may be booked: quotas by person, role, service and organisation, and what counts towards them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from models.rules.house.policy import HALF_DAYS
from models.rules.times.interval import Interval, civil_date, civil_day, wall_length

SCOPES = ("person", "role", "service", "organisation")
MEASURES = ("bookings", "hours", "half_days")
PERIODS = ("day", "week", "month", "held")
SHARED = frozenset({"service", "organisation"})


@dataclass(frozen=True, slots=True)
class Quota:
    """`amount` of `measure` in each civil day, ISO week or month; "held": at once, whatever the date.

    `scope` person or role: each person has it alone, everyone where `code` is None. Service and organisation: a budget
    that all bookings for it share. `kind` None: over all kinds. `id` 0: rule R17 itself.
    """

    scope: str
    code: str | None
    kind: str | None
    measure: str
    period: str
    amount: int
    valid_from: date
    valid_to: date | None = None
    id: int = 0

    @property
    def is_shared(self) -> bool:
        return self.scope in SHARED

    @property
    def whose(self) -> str:
        """`person`, or `service:IT`."""
        return self.scope if self.code is None or self.scope == "person" else f"{self.scope}:{self.code}"

    @property
    def per(self) -> str:
        """As a Refusal says it."""
        return f"{self.measure} {self.period} {self.kind or 'any'}"

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def period_of(period: str, day: date, zone: ZoneInfo) -> Interval | None:
    """The civil day, ISO week or month in which a date lies; None for what is held at once."""
    if period == "held":
        return None
    if period == "day":
        return civil_day(day, zone)
    if period == "week":
        first = day - timedelta(days=day.weekday())
        return Interval(civil_day(first, zone).start, civil_day(first + timedelta(days=7), zone).start)
    first = day.replace(day=1)
    return Interval(civil_day(first, zone).start, civil_day((first + timedelta(days=31)).replace(day=1), zone).start)


def measured(measure: str, during: Interval, zone: ZoneInfo) -> float:
    """What one booking takes of a quota. A full day at a desk is two half days, however little the hours leave; a whole
    day is no more than 24 hours, though it have 25."""
    if measure == "bookings":
        return 1
    if measure == "hours":
        return min(during.length, wall_length(during, zone)) / timedelta(hours=1)
    return len(half_days_of(during, zone)) or 1


def half_days_of(during: Interval, zone: ZoneInfo) -> list[tuple[int, int]]:
    """The half-day blocks that an interval touches, in minutes of the date on which it begins."""
    day = civil_date(during.start, zone)
    start, end = _minute(during.start, day, zone), _minute(during.end, day, zone)
    return [block for block in HALF_DAYS if start < block[1] and end > block[0]]


def _minute(instant: datetime, day: date, zone: ZoneInfo) -> int:
    wall = instant.astimezone(zone)
    return (wall.date() - day).days * 24 * 60 + wall.hour * 60 + wall.minute

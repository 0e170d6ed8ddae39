"""A repeat rule as a value: its one written form, and the calendar dates it gives."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


@dataclass(frozen=True, slots=True)
class Rule:
    """An RFC 5545 RRULE. Lists are sorted and hold nothing twice; a weekday is (n-th or 0, day), Monday 0."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None  # a date (inclusive), a naive local time, or an aware UTC one
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def canonical(self) -> str:
        """The one text for this rule, to store and compare: upper case, parts in a fixed order, defaults left out."""
        parts = {
            "FREQ": self.frequency,
            "INTERVAL": str(self.interval) if self.interval > 1 else "",
            "COUNT": str(self.count or ""),
            "UNTIL": _until_text(self.until),
            "BYMONTH": _listed(self.months),
            "BYMONTHDAY": _listed(self.month_days),
            "BYDAY": _listed(f"{nth or ''}{WEEKDAYS[day]}" for nth, day in self.weekdays),
            "BYSETPOS": _listed(self.positions),
            "WKST": WEEKDAYS[self.week_start] if self.week_start else "",
        }
        return ";".join(f"{name}={text}" for name, text in parts.items() if text)

    def dates(self, first: date, last: date) -> Iterator[date]:
        """The dates of the rule from `first` to `last`, both included, in order; COUNT and UNTIL are the caller's.

        The work is bounded by the days from `first` to `last`. That is why dateutil's rrule is not asked:
        it steps on to the year 9999 for a rule that never comes true (30 February takes it seconds, with
        UNTIL or without). It also takes BYDAY=MO,1TU for never, and BYSETPOS of a first week from mid-week.
        """
        rule, step = self._completed_from(first), 0
        while (period := _period(rule, first, step))[0] <= last:
            chosen = [day for day in period if _takes(rule, day)]
            if rule.positions:
                wanted = {position - 1 if position > 0 else len(chosen) + position for position in rule.positions}
                chosen = [day for place, day in enumerate(chosen) if place in wanted]
            yield from (day for day in chosen if first <= day <= last)
            step += self.interval

    def _completed_from(self, first: date) -> Rule:
        """What the rule leaves open, the first date fills in."""
        if self.frequency == "DAILY" or self.weekdays or self.month_days:
            return self
        if self.frequency == "WEEKLY":
            return replace(self, weekdays=((0, first.weekday()),))
        months = self.months or ((first.month,) if self.frequency == "YEARLY" else ())
        return replace(self, months=months, month_days=(first.day,))


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_utc(until: date | datetime) -> bool:
    """Whether an UNTIL names an instant, and not a date or a time on the wall."""
    return isinstance(until, datetime) and until.tzinfo is not None


def _period(rule: Rule, first: date, steps: int) -> list[date]:
    """The days of the day, week, month or year that lies `steps` of them after that of `first`."""
    if rule.frequency == "DAILY":
        start, length = first + timedelta(days=steps), 1
    elif rule.frequency == "WEEKLY":
        into_week = (first.weekday() - rule.week_start) % 7
        start, length = first + timedelta(days=7 * steps - into_week), 7
    elif rule.frequency == "MONTHLY":
        start = months_on(first.replace(day=1), steps)
        length = monthrange(start.year, start.month)[1]
    else:
        start = date(first.year + steps, 1, 1)
        length = 365 + isleap(start.year)
    return [start + timedelta(days=n) for n in range(length)]


def _takes(rule: Rule, day: date) -> bool:
    """Whether a date passes every part of the rule but BYSETPOS."""
    place, length = day.day, monthrange(day.year, day.month)[1]
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days and place not in rule.month_days and place - length - 1 not in rule.month_days:
        return False
    if not rule.weekdays:
        return True
    if rule.frequency == "YEARLY" and not rule.months:
        place, length = day.timetuple().tm_yday, 365 + isleap(day.year)
    ordinals = (0, (place + 6) // 7, -1 - (length - place) // 7)
    return any((nth, day.weekday()) in rule.weekdays for nth in ordinals)


def _until_text(until: date | datetime | None) -> str:
    if until is None:
        return ""
    if not isinstance(until, datetime):
        return until.strftime("%Y%m%d")
    return until.strftime("%Y%m%dT%H%M%SZ" if is_utc(until) else "%Y%m%dT%H%M%S")


def _listed(values: Iterable[object]) -> str:
    return ",".join(map(str, values))

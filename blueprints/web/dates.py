"""Dates in words, which say their year unless it is this one."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import format_date, format_datetime, to_user_timezone

from blueprints.web.clock import now

DAY, SHORT_MOMENT = "EEEE d MMMM", "d MMMM HH:mm"


def day_text(day: date, pattern: str = DAY) -> str:
    """Monday 4 January; next year's Monday 3 January 2028."""
    return format_date(day, with_year(pattern, day), rebase=False)


def moment_text(instant: datetime, pattern: str = SHORT_MOMENT) -> str:
    """Day and hour in the building's time."""
    return format_datetime(instant, with_year(pattern, to_user_timezone(instant)))


def with_year(pattern: str, day: date) -> str:
    """The pattern for such a date, for whoever writes it otherwise."""
    if day.year == to_user_timezone(now()).year:
        return pattern
    before, months, after = pattern.rpartition("M")
    return f"{before}{months} y{after}"

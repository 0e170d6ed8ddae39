"""How a date and what is free on it are shown: by the clock on the wall, and as the query that fills in a form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from flask_babel import get_locale

from models.rules.bookings.fields import Booked
from models.rules.finding.day import Day, Stretch
from models.rules.finding.free import left_of
from models.rules.house.house import House, Space
from models.rules.house.policy import HALF_DAYS
from models.rules.times.interval import Interval
from models.rules.values import MINUTES_A_DAY

CLOCK = tuple(f"{minute // 60:02}:{minute % 60:02}" for minute in range(MINUTES_A_DAY + 1))
NOON = HALF_DAYS[0][1]

Taken = dict[str, list[Booked]]


def wall_clock(instant: datetime, house: House) -> str:
    return f"{instant.astimezone(house.zone):%H:%M}"


def hours_words(during: Interval, house: House) -> str:
    return f"{wall_clock(during.start, house)}–{wall_clock(during.end, house)}"


def date_words(day: date, pattern: str) -> str:
    """As format_date() writes it, which takes its time over each: a page has some hundred."""
    return _date_words(day, pattern, get_locale())


@lru_cache(maxsize=2000)
def _date_words(day: date, pattern: str, locale: Locale) -> str:
    return format_date(day, pattern, locale)


def free_stretches(space: Space, day: Day, taken: Sequence[Booked]) -> list[Interval]:
    return [day.interval(stretch) for stretch in left_of(day.policy(space), day, taken).free]


def free_query(stretch: Stretch, day: Day, in_half_days: bool) -> str:
    """The query that fills in a booking form for a free stretch of the wall clock."""
    if in_half_days:
        block = "morning" if stretch[1] <= NOON else "afternoon" if stretch[0] >= NOON else "day"
        return f"date={day.date}&block={block}"
    return f"start={day.date}T{CLOCK[stretch[0]]}"

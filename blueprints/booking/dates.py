"""Which dates a list of spaces shows: one, seven from it on, or a month around it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from blueprints.booking.day import Day, date_words
from models.rules.times.interval import civil_date

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
FOUR_WEEKS = 4 * A_WEEK


@dataclass(frozen=True, slots=True)
class Dates:
    """From the first to the last, and the date from which the ones before and after them are shown."""

    first: date
    last: date
    previous: date
    next: date

    @property
    def number(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        if self.first == self.last:
            return date_words(self.first, "EEEE d MMMM y")
        if self.number > A_WEEK.days and self.first.month == self.last.month:
            return date_words(self.first, "LLLL y")
        first, last = date_words(self.first, "d MMMM"), date_words(self.last, "d MMMM y")
        return _("%(first)s to %(last)s", first=first, last=last)


def dates_shown(view: str, day: Day) -> Dates:
    if view == "month":
        return _month(day.date, civil_date(day.now, day.house.zone))
    step = A_WEEK if view == "week" else A_DAY
    return Dates(day.date, day.date + step - A_DAY, day.date - step, day.date + step)


def _month(day: date, today: date) -> Dates:
    """The one that it lies in. Of this one the weeks that are over are left out, for in them nothing can be booked, and
    four weeks are shown at least: on its last evening they are those of the next."""
    first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    previous, following = (first - A_DAY).replace(day=1), last + A_DAY
    monday = today - timedelta(days=today.weekday())
    if first <= today <= last and day >= monday:
        first = max(first, monday)
        last = max(last, first + FOUR_WEEKS - A_DAY)
    return Dates(first, last, previous, following)

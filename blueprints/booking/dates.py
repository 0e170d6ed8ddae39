"""Which dates a list of spaces shows: one, seven from it on, or the month that it lies in."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from blueprints.booking.day import date_words

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


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
        if self.number > A_WEEK.days:
            return date_words(self.first, "LLLL y")
        first, last = date_words(self.first, "d MMMM"), date_words(self.last, "d MMMM y")
        return _("%(first)s to %(last)s", first=first, last=last)


def dates_shown(view: str, day: date) -> Dates:
    if view == "month":
        first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        return Dates(first, last, (first - A_DAY).replace(day=1), last + A_DAY)
    step = A_WEEK if view == "week" else A_DAY
    return Dates(day, day + step - A_DAY, day - step, day + step)

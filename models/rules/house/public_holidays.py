"""The public holidays of Belgium, with the names they have in its languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.house.house import Names

LANGUAGES = {"nl": "nl", "fr": "fr", "de": "de", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class PublicHoliday:
    """A day on which all of Belgium is closed."""

    day: date
    names: Names

    @property
    def is_on_sunday(self) -> bool:
        return self.day.isoweekday() == 7

    @property
    def is_in_weekend(self) -> bool:
        return self.day.isoweekday() >= 6


def public_holidays(year: int) -> tuple[PublicHoliday, ...]:
    """In order. Days a town adds of itself, and those on which it makes up for a Sunday, are not among them."""
    # It reads all countries of the world, for half a second: only whoever plans a year waits for that.
    from holidays.countries.belgium import Belgium

    made: Callable[..., Mapping[date, str]] = Belgium  # whose own makers say nothing of types
    named = {ours: made(years=year, language=theirs) for ours, theirs in LANGUAGES.items()}
    return tuple(
        PublicHoliday(day, Names({language: days[day] for language, days in named.items()}))
        for day in sorted(named["nl"])
    )

"""A date says its year unless it is this one, wherever it is written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from blueprints.booking.messages import when_words
from blueprints.web.dates import day_text, moment_text
from models.queries.house import the_house
from models.rules.times.interval import Interval


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "day", "said"),
    [
        ("2027-12-31T22:00", date(2027, 12, 31), "vrijdag 31 december"),
        ("2027-12-31T22:00", date(2028, 1, 3), "maandag 3 januari 2028"),
        ("2027-12-31T23:30", date(2028, 1, 3), "maandag 3 januari"),  # it is past midnight here
        ("2028-01-01T00:00", date(2027, 12, 31), "vrijdag 31 december 2027"),
    ],
)
def test_a_date_says_its_year_unless_it_is_this_one(demo, clock, now, day, said):
    clock.instant = at(now)
    assert day_text(day) == said


def test_so_does_when_something_is_booked_and_when_something_was_done(demo):
    house, hour = the_house(), Interval(at("2028-01-03T09:00"), at("2028-01-03T10:00"))
    assert when_words(hour, house) == "maandag 3 januari 2028, 10:00–11:00"
    assert moment_text(at("2026-12-31T09:00")) == "31 december 2026 10:00"
    assert moment_text(at("2027-02-01T09:00")) == "1 februari 10:00"

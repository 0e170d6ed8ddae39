"""A whole day is a date from midnight to midnight, though two nights a year make it 23 or 25 hours."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.rules.finding.finder import find
from models.rules.finding.quest import Quest
from models.rules.house.quota import measured
from models.rules.judging.facts import Facts
from models.rules.times.interval import civil_day, wall_length
from tests.models.rules.builders import ANN, BRUSSELS, at, during, hours, house, judged, wanted

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)  # the clocks go forward, and back
DAY_AND_NIGHT = hours("building", "AC", "00:00", "24:00", "staff_access", range(1, 8))
A_DAY = 24 * 60


def found(start: str, end: str, **policy: int) -> list[tuple]:
    where = house({"ROOM": {"advance_days": 365, **policy}}, rows=DAY_AND_NIGHT)
    return [(each.code, each.limit, each.actual) for each in judged(where, wanted("ROOM", start, end)).refusals]


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2027-10-31T00:00", "2027-11-01T00:00", None),  # 25 hours, one day
        ("2027-10-30T12:00", "2027-10-31T12:00", None),  # from noon to noon as well
        ("2027-10-31T00:00", "2027-10-31T23:45", None),  # less than that day, though more than 24 hours
        ("2027-10-31T00:00", "2027-11-01T00:15", 1455),
        ("2027-10-31T02:00", "2027-11-01T02:15", 1455),
        ("2027-03-28T00:00", "2027-03-29T00:00", None),  # 23 hours, one day
        ("2027-03-27T12:00", "2027-03-28T13:00", None),  # 24 hours in which the wall makes 25
        ("2027-03-28T00:00", "2027-03-29T01:15", 1455),
        ("2027-10-29T00:00", "2027-10-30T00:00", None),
        ("2027-10-29T00:00", "2027-10-30T01:00", 1500),  # 25 hours of an ordinary day
        ("2027-10-30T00:00", "2027-10-31T00:15", 1455),  # that night is yet to come
    ],
)
def test_where_a_booking_lasts_a_day_at_most_it_may_last_whatever_that_day_has(start, end, minutes):
    assert found(start, end, max_minutes=A_DAY) == ([("too_long", A_DAY, minutes)] if minutes else [])


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2027-03-28T00:00", "2027-03-29T00:00", None),  # 23 hours, one day
        ("2027-03-27T12:00", "2027-03-28T12:00", None),
        ("2027-03-28T00:00", "2027-03-28T23:45", 1425),
        ("2027-03-29T00:00", "2027-03-29T23:00", 1380),  # 23 hours of an ordinary day
        ("2027-10-31T00:00", "2027-11-01T00:00", None),
        ("2027-10-31T00:00", "2027-10-31T22:45", 1425),
    ],
)
def test_where_a_booking_lasts_a_day_at_least_a_short_day_is_one(start, end, minutes):
    assert found(start, end, min_minutes=A_DAY, max_minutes=A_DAY) == (
        [("too_short", A_DAY, minutes)] if minutes else []
    )


@pytest.mark.parametrize(
    ("start", "end", "refused"),
    [
        ("2027-10-31T00:00", "2027-10-31T04:00", ("too_long", 240, 300)),  # five hours of people in a room
        ("2027-10-31T03:00", "2027-10-31T07:00", None),
        ("2027-03-28T00:00", "2027-03-28T04:00", ("too_short", 240, 180)),
    ],
)
def test_a_lesser_limit_is_of_the_minutes_that_pass(start, end, refused):
    assert found(start, end, min_minutes=240, max_minutes=240) == ([refused] if refused else [])


def test_a_desk_is_had_for_the_whole_day_on_such_dates_too():
    where = house({"DESK-1": {"advance_days": 365}}, rows=DAY_AND_NIGHT)
    for day in (SPRING, AUTUMN):
        assert judged(where, wanted("DESK-1", f"{day}T07:00", f"{day}T19:00")).accepted


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        ("2027-10-31T00:00", "2027-11-01T00:00", 24),
        ("2027-10-31T00:00", "2027-10-31T12:00", 12),  # with the afternoon a day and no more
        ("2027-03-28T00:00", "2027-03-29T00:00", 23),  # nobody was there any longer
        ("2027-10-30T00:00", "2027-10-31T00:00", 24),
    ],
)
def test_of_a_quota_of_hours_a_day_takes_24_at_most(start, end, number):
    assert measured("hours", during(start, end), BRUSSELS) == number


@pytest.mark.parametrize("day", [SPRING, AUTUMN, date(2027, 6, 6)])
@pytest.mark.parametrize("least", [15, A_DAY])
def test_the_finder_proposes_a_whole_day_where_a_day_is_asked_for(day, least):
    where = house({"ROOM": {"min_minutes": least, "max_minutes": A_DAY, "advance_days": 365}}, rows=DAY_AND_NIGHT)
    asked = Quest(ANN, "AC", civil_day(day, BRUSSELS), timedelta(days=1), kinds=frozenset({"meeting_room"}))
    assert [(each.space, each.during) for each in find(asked, Facts(where), at(f"{day}T00:00"))] == [
        ("ROOM", civil_day(day, BRUSSELS))
    ]


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2027-10-31T00:00", "2027-11-01T00:00", A_DAY),
        ("2027-03-28T00:00", "2027-03-29T00:00", A_DAY),
        ("2027-10-31T09:00", "2027-10-31T10:30", 90),
        ("2027-10-31T01:00", "2027-10-31T04:00", 180),
    ],
)
def test_a_length_on_the_wall_is_what_its_clock_says(start, end, minutes):
    assert wall_length(during(start, end), BRUSSELS) == timedelta(minutes=minutes)


def test_where_the_clock_on_the_wall_goes_back_the_time_that_passes_counts():
    first = at("2027-10-31T02:30")
    second = first + timedelta(minutes=45)  # the second 02:15
    assert wall_length(type(during("09:00", "10:00"))(first, second), BRUSSELS) == timedelta(minutes=45)

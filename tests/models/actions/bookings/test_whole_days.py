"""On the date that has 25 hours a whole day is booked, moved and repeated as on any other: rules and database agree."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.bookings.book import book
from models.actions.bookings.change import change
from models.queries.bookings import bookings_page
from models.queries.people import person_by_username
from models.queries.receipts import last_receipt_of
from models.rules.refusals import Refused
from models.rules.times.interval import Interval
from tests.cast import ANN, BRAM, NOW, ask, at
from tests.demo_building import open_day_and_night

pytestmark = pytest.mark.usefixtures("demo", "a_room_day_and_night")
ROOM = "VZ-104"


@pytest.fixture
def a_room_day_and_night(demo) -> None:
    open_day_and_night(ROOM)


def booked(start: str, end: str, who: str = ANN, **more):
    return book(ask(ROOM, start, end, attendees=4, **more), person_by_username(who), NOW).bookings


def refused(start: str, end: str, who: str = BRAM) -> set[str]:
    with pytest.raises(Refused) as no:
        booked(start, end, who)
    return {each.code for each in no.value.refusals}


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2027-10-31T00:00", "2027-11-01T00:00", 25),
        ("2027-10-30T00:00", "2027-10-31T00:00", 24),
        ("2027-03-28T00:00", "2027-03-29T00:00", 23),
    ],
)
def test_a_whole_day_is_booked_whatever_hours_it_has(start, end, hours):
    [booking] = booked(start, end)
    assert booking.during.length == timedelta(hours=hours)
    assert last_receipt_of(person_by_username(ANN).id)


def test_25_hours_of_an_ordinary_day_are_too_long():
    assert refused("2027-10-29T00:00", "2027-10-30T01:00") == {"too_long"}


@pytest.mark.parametrize(
    ("start", "end", "why_not"),
    [
        ("2027-10-31T23:30", "2027-11-01T00:00", {"space_taken"}),  # 24.5 hours after the other began
        ("2027-10-30T23:00", "2027-10-31T00:30", {"space_taken"}),
        ("2027-10-30T23:00", "2027-10-31T00:00", set()),
    ],
)
def test_a_day_of_25_hours_stands_in_the_way_until_its_end(start, end, why_not):
    booked("2027-10-31T00:00", "2027-11-01T00:00")
    if why_not:
        assert refused(start, end) == why_not
    else:
        assert booked(start, end, BRAM)


def test_a_booking_is_moved_to_the_long_day_and_seen_there_in_its_last_hour():
    [booking] = booked("2027-10-29T00:00", "2027-10-30T00:00")
    change(booking.id, {"start": at("2027-10-31T00:00"), "end": at("2027-11-01T00:00")}, person_by_username(ANN), NOW)
    last_hour = Interval(at("2027-10-31T23:30"), at("2027-11-01T00:00"))
    assert [each.id for each in bookings_page(during=last_hour, limit=10)] == [booking.id]


def test_a_series_of_whole_days_runs_over_it():
    dates = booked("2027-10-29T00:00", "2027-10-30T00:00", recurrence="FREQ=DAILY;COUNT=3")
    assert [each.during.length // timedelta(hours=1) for each in dates] == [24, 24, 25]

"""The bookings of ninety days read back: in few queries, however many there are, and only where the change reaches."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.queries import rehearsal
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.rehearsal import rehearsed
from models.rules.changes.reading import read_changes
from models.rules.times.interval import civil_date
from tests.cast import ANN, BRAM, NOW, ask, at

LONG_AGO = at("2027-01-04T08:00")


@pytest.fixture
def in_january(demo):
    """`in_january("VZ-101", day, attendees)`: a booking that Ann made on the fourth of January."""

    def booked(space: str, day: str, attendees: int = 4, who: str = ANN, hour: int = 10):
        wish = ask(space, f"2027-01-{day}T{hour:02}:00", f"{hour + 1:02}:00", attendees=attendees)
        return book(wish, person_by_username(who), LONG_AGO).bookings[0]

    return booked


def tried(*changes: dict, days: int = 90):
    house = the_house()
    return rehearsed(read_changes(changes), house, NOW, days)


SMALLER = {"scope": "space:VZ-101", "set": {"capacity": 5}}


def test_only_bookings_in_reach_are_asked_and_the_cancelled_ones_are_not(in_january):
    large, _small = in_january("VZ-101", "11", 14), in_january("VZ-101", "12", 3)
    in_january("VZ-102", "11", 14)
    cancel(in_january("VZ-101", "13", 14).id, person_by_username(ANN), LONG_AGO)
    found = tried(SMALLER)
    assert found.looked_at == 2
    assert [each.booking.id for each in found.refused] == [large.id]
    assert found.first == civil_date(NOW, the_house().zone) - timedelta(days=90)


def test_a_shorter_look_back_leaves_older_bookings_out(in_january):
    in_january("VZ-101", "11", 14)
    assert tried(SMALLER, days=30).looked_at == 0


def test_the_number_of_queries_does_not_grow_with_the_bookings(in_january, counted_queries):
    in_january("VZ-101", "11", 14)
    with counted_queries() as one:
        tried({"scope": "floor:F1", "set": {"max_persons": 10}})
    for day in ("12", "13", "14"):
        for number, space in enumerate(("VZ-101", "VZ-102", "VZ-103")):
            in_january(space, day, 6, (ANN, BRAM)[number % 2])
    with counted_queries() as many:
        found = tried({"scope": "floor:F1", "set": {"max_persons": 10}})
    assert found.looked_at == 10
    assert len(found.refused) > 3
    assert many.number == one.number <= 5


def test_of_more_bookings_than_can_be_replayed_the_last_days_are_looked_back_on(in_january, monkeypatch):
    for day in ("11", "12", "13", "14"):
        in_january("VZ-101", day, 14)
    monkeypatch.setattr(rehearsal, "MOST_REPLAYED", 3)
    found = tried(SMALLER)
    assert found.first == civil_date(NOW, the_house().zone) - timedelta(days=90 * 3 // 4)


def test_what_has_no_past_to_be_tried_on_asks_nothing(demo, counted_queries):
    closed = {"scope": "building:AC", "set": {"closure": {"name": "Verhuis"}}, "from": "2027-05-03"}
    the_house()
    with counted_queries() as counted:
        assert tried(closed).looked_at == 0
    assert counted.number <= 1  # whether the house is still the one that is known

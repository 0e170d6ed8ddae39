"""Forty at once for the last hours of an organisation's quota: as many hours as there are left, and not one more."""

from __future__ import annotations

from datetime import date

from models.actions.bookings.book import book
from models.actions.places.set_quota import add_quota
from models.queries.bookings import bookings_page
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.quotas import used
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.changes.quotas import QuotaWish
from models.rules.house.quota import period_of
from tests.cast import ANN, FARID, NOW, ask
from tests.models.actions.racing import MONDAY, race, try_to_book

THE_DAY, HOURS, LEFT = date(2027, 3, 8), 8, 5
ROOMS = ["VZ-103", "VZ-104", "VZ-105", "VZ-106", "VZ-202", "VZ-203", "VZ-204", "VZ-101"]
TIMES = [("09:00", "10:00"), ("10:15", "11:15"), ("11:30", "12:30"), ("13:00", "14:00"), ("14:15", "15:15")]
CLIENTS = [f"medewerker.burgerzaken.{n:02}" for n in range(2, 23)] + [
    f"medewerker.stafdiensten.{n:02}" for n in range(1, 20)
]


def test_of_forty_hours_asked_at_once_the_five_that_are_left_are_booked(demo_app, demo_url):
    with demo_app.test_request_context():
        add_quota(
            QuotaWish("organisation", "GEM", "meeting_room", "hours", "week", HOURS),
            person_by_username(FARID),
            NOW,
            reason="Rooms for everyone",
        )
        book(ask("VZ-001", f"{MONDAY}T09:00", "12:00", attendees=5), person_by_username(ANN), NOW)
    asked = [(room, *time) for room in ROOMS for time in TIMES]
    tries = [(who, *what, 4) for who, what in zip(CLIENTS, asked, strict=True)]
    assert len(set(asked)) == len(set(CLIENTS)) == 40
    outcomes = race(demo_url, try_to_book, tries)
    assert outcomes.count("booked") == LEFT
    assert {tuple(codes) for codes, _instead in (each for each in outcomes if each != "booked")} == {("quota_reached",)}
    with demo_app.test_request_context():
        house = the_house()
        standing = [each for each in bookings_page(limit=100) if each.status in HOLDS_PLACE]
        assert len(standing) == 1 + LEFT
        [quota] = house.quotas
        assert used(quota, period_of(quota.period, THE_DAY, house.zone), house, NOW) == HOURS

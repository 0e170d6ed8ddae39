"""Head counts on the demo building, on both databases: people, not bookings, and only of those who hold a place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.bookings.attend import release
from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.bookings.decide import decline
from models.queries.house import the_house
from models.queries.occupancy import people_expected
from models.queries.people import person_by_username
from models.rules.presence.occupancy import course, highest
from models.rules.times.interval import Interval
from tests.cast import ANN, BRAM, GERDA, KAAT, NOW, ask, at

pytestmark = pytest.mark.usefixtures("demo")

MONDAY = "2027-03-08"
MORNING = Interval(at(f"{MONDAY}T08:00"), at(f"{MONDAY}T12:00"))


def booked(who: str, space: str, start: str, end: str, **more):
    return book(ask(space, f"{MONDAY}T{start}", end, **more), person_by_username(who), NOW).bookings[0]


def expected(during: Interval = MORNING, floor: str = "F1"):
    house = the_house()
    return people_expected(house, [space for space in house.spaces.values() if space.floor == floor], during)


def test_everyone_who_holds_a_place_counts_at_each_instant():
    booked(ANN, "VZ-101", "09:00", "10:00", attendees=14)
    booked(BRAM, "VZ-104", "09:30", "11:00", attendees=6)
    booked(BRAM, "VZ-105", "10:00", "10:30")  # unknown: the places of its layout
    booked(ANN, "WP-1BUR-03", "07:00", "12:30")  # a desk is one person
    booked(ANN, "VZ-201", "09:00", "10:00", attendees=9)  # another floor
    places = the_house().policy("VZ-105", at(f"{MONDAY}T10:00").date()).effective_capacity()
    found = course(expected(), MORNING)
    assert [each.persons for each in found] == [1, 15, 21, 7 + places, 7, 1]
    assert highest(found).during == Interval(at(f"{MONDAY}T09:30"), at(f"{MONDAY}T10:00"))


def test_who_asked_and_waits_counts_and_who_was_refused_went_or_never_came_does_not():
    waits = booked(KAAT, "VZ-001", "10:00", "11:00", attendees=10)
    gone = booked(ANN, "VZ-101", "09:00", "10:00", attendees=14)
    absent = booked(ANN, "VZ-104", "09:00", "10:00", attendees=3)
    assert sum(each.persons for each in (*expected(), *expected(floor="F0"))) == 27
    cancel(gone.id, person_by_username(ANN), NOW, "this")
    release(absent.id, person_by_username(ANN), at(f"{MONDAY}T09:15"))
    assert expected() == []
    decline(waits.id, person_by_username(GERDA), NOW, "The room is being painted")
    assert expected(floor="F0") == []


def test_only_those_in_the_window_are_read_back_to_back_is_outside():
    booked(ANN, "VZ-101", "07:00", "08:00", attendees=14)
    booked(ANN, "VZ-101", "12:00", "13:00", attendees=14)
    assert expected() == []
    assert len(expected(MORNING.widened(timedelta(minutes=1), timedelta(minutes=1)))) == 2


def test_it_is_one_question_however_many_hold_a_place(counted_queries):
    house = the_house()
    for spaces in (house.spaces.values(), list(house.spaces.values())[:50]):
        with counted_queries() as counted:
            people_expected(house, spaces, MORNING)
        assert counted.number == 1

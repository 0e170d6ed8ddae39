"""Head counts on the demo building, on both databases: people, not bookings, and only of those who hold a place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.bookings.attend import release
from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.bookings.decide import decline
from models.queries import above
from models.queries.house import the_house
from models.queries.occupancy import people_expected
from models.queries.people import person_by_username
from models.rules.changes.limits import SetLimit
from models.rules.changes.spaces import SetCapacity
from models.rules.presence.occupancy import all_above, course, highest
from models.rules.times.interval import Interval
from models.rules.values import Scope
from tests.cast import ANN, BRAM, FARID, GERDA, KAAT, NORA, NOW, ask, at
from tests.changing import put, space

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


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ([], 0),
        ([SetCapacity(space("VZ-101"), 12)], 1),
        ([SetLimit(Scope("floor", "F1"), 15)], 3),  # from half past nine on: two parties and a desk
        ([SetLimit(Scope("zone", "Z1-BUR"), 0)], 1),
        ([SetCapacity(space("WP-1BUR-03"), 0)], 1),
    ],
)
@pytest.mark.parametrize("many_desks", [0, 500])
def test_how_many_stand_above_a_limit_is_told_without_reading_who_comes_alone(
    changes, number, many_desks, monkeypatch, counted_queries
):
    monkeypatch.setattr(above, "MANY_DESKS", many_desks)
    booked(ANN, "VZ-101", "09:00", "10:00", attendees=14)
    booked(BRAM, "VZ-104", "09:30", "11:00", attendees=6)
    booked(ANN, "WP-1BUR-03", "07:00", "12:30")
    for change in changes:
        put(change, who=NORA if isinstance(change, SetLimit) else FARID)
    house, week = the_house(), Interval(NOW, NOW + timedelta(days=7))
    with counted_queries() as counted:
        assert above.number_above(house, week) == number
    assert counted.number == (1 if many_desks else 2)
    assert len(all_above(people_expected(house, house.spaces.values(), week), house)) == number
    alone = [each for each in house.spaces.values() if each.kind in ("desk", "counter")]
    assert people_expected(house, alone, week) != []
    assert {each.space for each in people_expected(house, (), week, and_parties=True)} == {"VZ-101", "VZ-104"}

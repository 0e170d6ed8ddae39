"""Capacity from a date on: who may set it, what it does to new bookings, and which old ones then stand above it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.actions.bookings.book import book
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.changes.limits import SetLimit
from models.rules.changes.spaces import SetCapacity
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from models.rules.values import Scope
from tests.cast import ANN, BRAM, FARID, INES, NORA, NOW, ask
from tests.changing import put, space

MONDAY, NEXT_MONDAY = "2027-03-08", "2027-03-15"

pytestmark = pytest.mark.usefixtures("demo")


def person(username: str):
    return person_by_username(username)


def booked(who: str, space: str, start: str, end: str, **more):
    return book(ask(space, start, end, **more), person(who), NOW).bookings[0]


def test_lowering_a_room_shows_who_stands_above_it_and_refuses_the_next_one_with_what_does_work():
    room = booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14)
    [above] = put(SetCapacity(space("VZ-101"), 12)).above
    assert (above.booking.id, above.limit, above.persons, above.rule) == (room.id, 12, 14, "R01")
    assert bookings_by_id([room.id])[0].status == "confirmed"
    with pytest.raises(Refused) as no:
        booked(BRAM, "VZ-101", f"{MONDAY}T14:00", "15:00", attendees=14)
    [refusal] = no.value.refusals
    assert (refusal.code, refusal.limit, refusal.actual) == ("too_many_people", 12, 14)
    for offered in no.value.alternatives:
        request = replace(
            ask("VZ-101", f"{MONDAY}T14:00", "15:00", attendees=14),
            space=offered.space,
            start=offered.during.start,
            end=offered.during.end,
        )
        assert book(request, person(BRAM), NOW).bookings


def test_a_booking_is_judged_by_what_holds_on_its_own_date():
    put(SetCapacity(space("VZ-101"), 10, first=date(2027, 3, 15)))
    assert booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14)
    with pytest.raises(Refused):
        booked(ANN, "VZ-101", f"{NEXT_MONDAY}T09:00", "10:00", attendees=14)


def test_single_layouts_are_set_apart_and_a_lifted_ceiling_gives_the_places_back():
    put(SetCapacity(space("VZ-101"), capacities={"boardroom": 9, "banquet": 30}))
    policy = the_house().policy("VZ-101", date(2027, 3, 8))
    assert (policy.places("boardroom").limit, policy.places("banquet").limit, policy.places("ushape").limit) == (
        9,
        30,
        20,
    )
    put(SetCapacity(space("VZ-101"), 5))
    assert the_house().policy("VZ-101", date(2027, 3, 8)).effective_capacity() == 5
    put(SetCapacity(space("VZ-101"), None))
    assert the_house().policy("VZ-101", date(2027, 3, 8)).effective_capacity() == 9


def test_unknown_attendance_counts_for_the_places_of_the_day():
    room = booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00")
    assert (room.attendees, room.persons) == (None, 22)
    put(SetCapacity(space("VZ-101"), 12))
    assert bookings_by_id([room.id])[0].persons == 12


def test_a_zones_limit_shows_every_booking_at_whose_time_it_is_passed():
    early = booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14)
    beside = booked(BRAM, "VZ-103", f"{MONDAY}T09:30", "10:30", attendees=8)
    booked(BRAM, "VZ-104", f"{MONDAY}T13:00", "14:00", attendees=8)
    above = put(SetLimit(Scope("zone", "Z1-VER"), 20), who=NORA).above
    assert [(each.booking.id, each.limit, each.persons) for each in above] == [(early.id, 20, 22), (beside.id, 20, 22)]


@pytest.mark.parametrize(
    ("who", "where", "may"),
    [
        (FARID, "SK-08", True),
        (NORA, "VZ-101", True),
        (INES, "SK-08", True),
        (INES, "VZ-101", False),  # not a space of the welfare house
        (ANN, "VZ-101", False),
    ],
)
def test_who_may_set_a_spaces_capacity(who, where, may):
    if may:
        put(SetCapacity(space(where), 2), who=who)
    else:
        with pytest.raises(NotAllowed):
            put(SetCapacity(space(where), 2), who=who)


@pytest.mark.parametrize(
    ("wish", "reason", "field"),
    [
        ({"ceiling": 2}, "", "reason"),
        ({"ceiling": -1}, "why", "capacity"),
        ({"ceiling": 10**9}, "why", "capacity"),
        ({"ceiling": 2, "first": date(2027, 3, 2)}, "why", "from"),
        ({"ceiling": 2, "last": date(2027, 3, 2)}, "why", "to"),
        ({}, "why", "capacity"),
        ({"capacities": {"boardroom": None}}, "why", "capacities.boardroom"),
        ({"capacities": {"boardroom": -2}}, "why", "capacities.boardroom"),
        ({"capacities": {"<b>": 2}}, "why", "capacities"),
    ],
)
def test_a_capacity_that_makes_no_sense_names_its_field_and_changes_nothing(wish, reason, field):
    before = the_house().revision
    with pytest.raises(BadRequest) as bad:
        put(SetCapacity(space("VZ-101"), **wish), reason=reason)
    assert bad.value.field == field
    assert the_house().revision == before


def test_an_unknown_place_is_not_found():
    with pytest.raises(NotFound):
        put(SetLimit(Scope("floor", "F9"), 5))

"""For whom: panic button, sightline, party and wheelchair (R11, R12, R13, R21)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.rules.house.house import Rule
from models.rules.house.policy import TRAITS
from tests.models.rules.builders import CARETAKER, SERVICES, USUAL_HOURS, hours, house, judged, wanted, why_not

SOCIAL, PERMITS, STAFF = SERVICES
LATE = [
    *USUAL_HOURS,
    *hours("zone", "HAL", "06:00", "08:30", "public"),
    *hours("zone", "HAL", "18:00", "20:00", "public"),
]


@pytest.mark.parametrize(
    ("service", "has_button", "why"),
    [
        (SOCIAL, True, None),
        (SOCIAL, False, "panic_button_needed"),
        (PERMITS, False, None),
        (None, False, None),
    ],
)
def test_r11_a_service_that_needs_a_panic_button_has_one(service, has_button, why):
    where = house({"BOOTH": {"panic_button": has_button}})
    assert why_not(where, wanted("BOOTH", "09:00", "09:30", service=service)) == ({why} if why else set())


def test_r11_no_room_without_a_button_takes_such_a_talk_either():
    assert why_not(house(), wanted("SALON", "09:00", "10:00", service=SOCIAL)) == {"panic_button_needed"}


@pytest.mark.parametrize(
    ("space", "sightline", "start", "end", "why"),
    [
        ("BOOTH", False, "16:00", "17:00", None),  # ends as the late hours begin
        ("BOOTH", False, "16:30", "17:15", "sightline_needed"),  # any part of it
        ("BOOTH", False, "18:00", "19:00", "sightline_needed"),
        ("BOOTH", False, "06:00", "07:00", None),
        ("BOOTH", True, "18:00", "19:00", None),
        ("COUNTER", False, "18:00", "19:00", None),  # no talk
    ],
)
def test_r12_after_five_a_talk_needs_a_sightline(space, sightline, start, end, why):
    where = house({space: {"sightline": sightline}}, rows=LATE)
    assert why_not(where, wanted(space, start, end)) == ({why} if why else set())


def test_r12_the_hour_is_the_rules_own():
    where = house({"BOOTH": {"sightline": False}}, rows=LATE, rules=[Rule("R12", parameter="15:00")])
    assert why_not(where, wanted("BOOTH", "15:00", "16:00")) == {"sightline_needed"}
    assert why_not(where, wanted("BOOTH", "14:00", "15:00")) == set()


@pytest.mark.parametrize(
    ("service", "attendees", "visitors", "actual"),
    [
        (SOCIAL, 4, 3, None),
        (SOCIAL, 4, None, None),  # four less one member of staff
        (SOCIAL, 5, None, 4),
        (SOCIAL, 5, 3, None),  # said aloud: three clients
        (SOCIAL, 4, 4, 4),
        (SOCIAL, None, None, None),  # nobody said how many come
        (SOCIAL, None, 4, 4),
        (STAFF, 8, None, 7),  # whatever the service's channel
        (None, 9, 9, None),
    ],
)
def test_r13_a_party_is_no_larger_than_the_service_takes(service, attendees, visitors, actual):
    where = house({"BOOTH": {"capacities": {"interview": 9}}})
    found = judged(where, wanted("BOOTH", "09:00", "09:30", service=service, attendees=attendees, visitors=visitors))
    assert [(each.code, each.limit, each.actual) for each in found.refusals] == (
        [("party_too_large", service.max_party, actual)] if actual else []
    )


def test_r13_a_service_without_a_largest_party_takes_any():
    where = house({"BOOTH": {"capacities": {"interview": 9}}})
    any_party = replace(PERMITS, max_party=None)
    assert why_not(where, wanted("BOOTH", "09:00", "09:30", service=any_party, attendees=9)) == set()


@pytest.mark.parametrize(
    ("accessible", "places", "wheelchair", "limit"),
    [
        (True, 2, 0, None),
        (True, 2, 2, None),
        (True, 2, 3, 2),
        (False, 2, 1, 0),  # places count for nothing behind two steps
        (False, 0, 0, None),
    ],
)
def test_r21_wheelchairs_have_a_place_in_an_accessible_space(accessible, places, wheelchair, limit):
    where = house({"ROOM": {"accessible": accessible, "wheelchair_places": places}})
    wish = wanted("ROOM", "09:00", "10:00", attendees=5, wheelchair=wheelchair, evacuation_buddy=CARETAKER)
    found = judged(where, wish).refusals
    assert [(each.code, each.limit, each.actual) for each in found] == (
        [] if limit is None else [("not_accessible", limit, wheelchair)]
    )


def test_every_sort_of_space_says_what_it_means_to_the_rules():
    assert {sort for sort, traits in TRAITS.items() if traits.is_talk} == {"booth"}
    assert {sort for sort, traits in TRAITS.items() if traits.receives_public} == {"booth", "counter"}
    assert {sort for sort, traits in TRAITS.items() if traits.one_at_a_time} == {"desk"}
    assert {sort for sort, traits in TRAITS.items() if traits.one_person} == {"desk", "counter"}
    assert {sort for sort, traits in TRAITS.items() if traits.never_exclusive} == {"coffee_corner"}

"""A space's rules from a date on, out of use and back, and deleted only where nothing of the past refers to it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.people.feeds import make_feed
from models.actions.places.create_space import create_space
from models.actions.places.delete_space import delete_space
from models.queries.effects import Effects
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.place_changes import last_change
from models.queries.policies import policy_rows
from models.rules.changes.place_wishes import SpaceWish
from models.rules.changes.spaces import SetCapacity, SetPolicy, SetUse
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from tests.cast import ANN, FARID, INES, NORA, NOW, ask
from tests.changing import by, put, space, tried

pytestmark = pytest.mark.usefixtures("demo")

MONDAY, NEXT_MONDAY = "2027-03-08", "2027-03-15"
LATER = date(2027, 3, 15)
DE_GEUL = SpaceWish({"nl": "De Geul"}, "meeting_room", "Z1-VER", "VZ-107")


def person(username: str):
    return person_by_username(username)


def policy(space: str = "VZ-101", day: str = MONDAY):
    return the_house().policy(space, date.fromisoformat(day))


def booked(space: str, start: str, end: str, **more):
    return book(ask(space, start, end, **more), person(ANN), NOW).bookings[0]


def refusals(space: str, start: str, end: str, **more) -> list[str]:
    with pytest.raises(Refused) as no:
        booked(space, start, end, **more)
    return [refusal.code for refusal in no.value.refusals]


def test_rules_hold_from_their_date_and_leave_earlier_bookings_and_the_places_alone():
    wish = {"max_minutes": 60, "buffer_after": 30, "privacy_default": "busy"}
    assert put(SetPolicy(space("VZ-101"), wish, first=LATER)) == Effects()
    before, after = policy(day=MONDAY), policy(day=NEXT_MONDAY)
    assert (before.max_minutes, before.buffer_after, before.privacy_default) == (480, timedelta(minutes=15), "title")
    assert (after.max_minutes, after.buffer_after, after.privacy_default) == (60, timedelta(minutes=30), "busy")
    assert after.capacities == before.capacities
    booked("VZ-101", f"{MONDAY}T09:00", "11:00", attendees=4)
    assert refusals("VZ-101", f"{NEXT_MONDAY}T09:00", "11:00", attendees=4) == ["too_long"]


def test_a_change_planned_for_later_keeps_everything_but_what_is_set_now():
    put(SetPolicy(space("VZ-101"), {"max_minutes": 60}, first=LATER))
    put(SetPolicy(space("VZ-101"), {"slot_minutes": 30}))
    put(SetCapacity(space("VZ-101"), 9))
    after = policy(day=NEXT_MONDAY)
    assert (after.max_minutes, after.slot_minutes, after.ceiling) == (60, 30, 9)
    assert policy().max_minutes == 480


def test_fewer_people_by_fire_safety_shows_who_stands_above_it_before_and_after_saving():
    meeting = booked("VZ-101", f"{MONDAY}T09:00", "10:00", attendees=14)
    change = SetPolicy(space("VZ-101"), {"fire_max": 12})
    shown = tried(change, who=NORA)
    assert policy().fire_max == 60
    assert [(each.booking.id, each.limit, each.rule) for each in shown.above] == [(meeting.id, 12, "R02")]
    assert put(change, who=NORA) == shown


def test_unknown_attendance_counts_for_the_places_that_the_new_rules_leave():
    meeting = booked("VZ-101", f"{MONDAY}T09:00", "10:00")
    assert meeting.persons == 22
    put(SetPolicy(space("VZ-101"), {"ventilation_m3h": 400}))
    assert refusals("VZ-101", f"{MONDAY}T14:00", "15:00", attendees=11) == ["too_many_people"]
    assert policy().persons(None, "boardroom") == 10


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({}, "rules", "required"),
        ({"max_minutes": 0}, "max_minutes", "out_of_range"),
        ({"max_minutes": 1441}, "max_minutes", "out_of_range"),
        ({"min_minutes": 500}, "max_minutes", "below_shortest"),
        ({"buffer_before": -1}, "buffer_before", "out_of_range"),
        ({"advance_days": "90"}, "advance_days", "not_whole"),
        ({"slot_minutes": 0}, "slot_minutes", "half_days_are_for_desks"),
        ({"privacy_default": "secret"}, "privacy_default", "unknown_choice"),
        ({"approval_role": "king"}, "approval_role", "unknown_choice"),
        ({"accessible": None}, "accessible", "not_a_flag"),
        ({"accessible": False}, "wheelchair_places", "not_accessible"),
        ({"default_layout": "banquet"}, "default_layout", "layout_without_places"),
        ({"active": False}, None, None),  # no rule: it has an action of its own
        ({"exclusive": False}, None, None),
    ],
)
def test_rules_that_make_no_sense_are_refused_and_nothing_is_written(values, field, code):
    before = policy()
    with pytest.raises((BadRequest, NotAllowed)) as no:
        put(SetPolicy(space("VZ-101"), values))
    assert (getattr(no.value, "field", None), getattr(no.value, "code", None)) == (field, code)
    assert policy() == before


@pytest.mark.parametrize(
    ("who", "where", "values", "may"),
    [
        (FARID, "VZ-101", {"fire_max": 9, "max_minutes": 60}, True),
        (NORA, "VZ-101", {"fire_max": 9, "air_level": "B"}, True),
        (NORA, "VZ-101", {"max_minutes": 60}, False),  # how rooms are lent is not the prevention adviser's
        (INES, "SK-08", {"max_minutes": 60}, True),
        (INES, "SK-08", {"fire_max": 9}, False),  # and fire safety not the tenant's
        (INES, "VZ-101", {"max_minutes": 60}, False),
        (ANN, "VZ-101", {"max_minutes": 60}, False),
    ],
)
def test_who_may_set_which_rules(who, where, values, may):
    if may:
        put(SetPolicy(space(where), values), who=who)
    else:
        with pytest.raises(NotAllowed):
            put(SetPolicy(space(where), values), who=who)


def test_rules_say_why_and_the_second_of_two_managers_overwrites_nothing():
    with pytest.raises(BadRequest):
        put(SetPolicy(space("VZ-101"), {"max_minutes": 60}), reason=" ")
    seen = last_change("space", "VZ-101")
    put(SetPolicy(space("VZ-101"), {"max_minutes": 60}), reason="first", seen=seen)
    with pytest.raises(Refused):
        put(SetPolicy(space("VZ-101"), {"max_minutes": 90}), reason="second", seen=seen)
    row = policy_rows(the_house().spaces["VZ-101"].id)[-1]
    assert (row.max_minutes, row.reason, row.set_by_id) == (60, "first", person(FARID).id)


def test_out_of_use_shows_who_stands_in_it_and_takes_no_more_until_it_is_back():
    before = booked("VZ-101", f"{MONDAY}T09:00", "10:00", attendees=4)
    after = booked("VZ-101", f"{NEXT_MONDAY}T09:00", "10:00", attendees=4)
    along = booked("VZ-101-102", f"{NEXT_MONDAY}T13:00", "14:00", attendees=30)
    in_the_way = put(SetUse(space("VZ-101"), False, first=LATER)).in_the_way
    assert [each.id for each in in_the_way] == [after.id, along.id]
    assert before.id not in in_the_way
    assert the_house().policy("VZ-101", LATER).active is False
    assert policy().active is True
    assert refusals("VZ-101", f"{NEXT_MONDAY}T11:00", "12:00") == ["out_of_service"]
    assert refusals("VZ-101-102", f"{NEXT_MONDAY}T11:00", "12:00") == ["out_of_service"]
    put(SetUse(space("VZ-101"), True, first=date(2027, 3, 16)))
    assert booked("VZ-101", "2027-03-16T11:00", "12:00", attendees=4)
    assert refusals("VZ-101", f"{NEXT_MONDAY}T11:00", "12:00") == ["out_of_service"]


def test_out_of_use_for_some_days_comes_back_by_itself():
    put(SetPolicy(space("VZ-101"), {"max_minutes": 60}, first=date(2027, 3, 20)))
    put(SetUse(space("VZ-101"), False, first=LATER, last=date(2027, 3, 16)))
    assert [policy(day=f"2027-03-{day}").active for day in (14, 15, 16, 17, 20)] == [True, False, False, True, True]
    assert [policy(day=f"2027-03-{day}").max_minutes for day in (16, 17, 20)] == [480, 480, 60]
    with pytest.raises(BadRequest) as no:
        put(SetUse(space("VZ-101"), False, first=LATER, last=date(2027, 3, 14)))
    assert no.value.field == "to"


def test_what_nothing_refers_to_is_deleted_with_all_that_was_said_of_it():
    create_space(DE_GEUL, person(FARID), NOW)
    delete_space("VZ-107", by())
    assert "VZ-107" not in the_house().spaces
    assert "VZ-107" not in the_house().policies
    assert create_space(DE_GEUL, person(FARID), NOW) == "VZ-107"
    with pytest.raises(NotFound):
        delete_space("VZ-999", by())


@pytest.mark.parametrize(
    ("leave_a_trace", "code"),
    [
        (lambda: booked("VZ-107", f"{MONDAY}T09:00", "10:00", attendees=2), "has_history"),
        (lambda: cancel(booked("VZ-107", f"{MONDAY}T09:00", "10:00", attendees=2).id, person(ANN), NOW), "has_history"),
        (lambda: make_feed("space:VZ-107", "title", person(ANN), NOW), "has_history"),
        (lambda: put(SetCapacity(space("VZ-107"), 3)), "has_history"),
        (
            lambda: create_space(
                SpaceWish({"nl": "Groot"}, "meeting_room", "Z1-VER", "VZ-1067", parts=frozenset({"VZ-106", "VZ-107"})),
                person(FARID),
                NOW,
            ),
            "stays_a_part",
        ),
    ],
)
def test_what_the_past_or_another_space_refers_to_stays(leave_a_trace, code):
    create_space(DE_GEUL, person(FARID), NOW)
    leave_a_trace()
    with pytest.raises(BadRequest) as no:
        delete_space("VZ-107", by())
    assert no.value.code == code
    assert "VZ-107" in the_house().spaces


def test_a_partners_administrator_retires_and_deletes_its_own_only():
    put(SetUse(space("SK-08"), False), who=INES)
    for attempt in (
        lambda: put(SetUse(space("VZ-101"), False), who=INES),
        lambda: put(SetUse(space("VZ-101"), True), who=INES),
        lambda: delete_space("VZ-101", by(INES)),
        lambda: put(SetUse(space("SK-08"), False), who=NORA),
    ):
        with pytest.raises(NotAllowed):
            attempt()

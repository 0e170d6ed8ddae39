"""Which bookings stand above a limit, and what a change would do before anybody makes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.changes.spaces import SetCapacity, recounted
from models.rules.judging.above import above_head_count, above_places
from models.rules.people.discretion import Booked
from models.rules.times.interval import Interval
from models.rules.values import Scope
from tests.models.rules.builders import ALWAYS, MONDAY, during, house, limited, minutes, with_policy
from tests.models.rules.judging.naive import walk

TUESDAY = date(2027, 3, 9)


def booked(
    number: int,
    space: str,
    start: str,
    end: str,
    persons: int,
    *,
    attendees: int | None = -1,
    layout: str = "boardroom",
) -> Booked:
    """Of unknown attendance where `attendees` is None; by default they are as many as count."""
    return Booked(
        number,
        space,
        "meeting_room",
        during(start, end),
        status="confirmed",
        persons=persons,
        attendees=persons if attendees == -1 else attendees,
        layout=layout,
        organisation="GEM",
        organiser="ann",
        booked_by="ann",
        privacy="title",
        title=None,
    )


def room(*values, first: date = TUESDAY, **more) -> SetCapacity:
    return SetCapacity(Scope("space", "ROOM"), *values, first=first, **more)


def numbers(above) -> list[tuple[int, str, int, int]]:
    return [(each.booking.id, each.rule, each.limit, each.persons) for each in above]


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        ({}, []),
        ({"ceiling": 7}, [(1, "R01", 7, 8)]),
        ({"ceiling": 8}, []),
        ({"fire_max": 5}, [(1, "R02", 5, 8), (2, "R02", 5, 6)]),
        (
            {"capacities": {"theatre": 20}, "default_layout": "theatre"},
            [(1, "R01", 0, 8), (2, "R01", 0, 6)],
        ),  # no longer
    ],
)
def test_bookings_of_more_people_than_their_space_holds_are_found(policy, found):
    bookings = [booked(1, "ROOM", "09:00", "10:00", 8), booked(2, "ROOM", "10:00", "11:00", 6)]
    assert numbers(above_places(bookings, house({"ROOM": policy}))) == found


def test_each_booking_is_held_against_the_policy_of_its_own_date():
    where = with_policy(house(), "ROOM", "2027-03-09", ceiling=5)
    bookings = [booked(1, "ROOM", "09:00", "10:00", 8), booked(2, "ROOM", "2027-03-09T09:00", "10:00", 8)]
    assert numbers(above_places(bookings, where)) == [(2, "R01", 5, 8)]


def test_in_a_shared_space_those_side_by_side_are_above_it_together():
    bookings = [
        booked(1, "OPEN", "09:00", "10:00", 9, layout="informal"),
        booked(2, "OPEN", "09:30", "11:00", 9, layout="informal"),
        booked(3, "OPEN", "10:00", "11:00", 2, layout="informal"),
    ]
    where = house({"OPEN": {"ceiling": 12}})
    assert numbers(above_places(bookings, where)) == [(1, "R01", 12, 18), (2, "R01", 12, 18)]


@pytest.mark.parametrize(
    ("scope", "code", "limit", "found"),
    [
        ("zone", "VER", 14, []),
        ("zone", "VER", 13, [(1, "R03", 13, 14), (2, "R03", 13, 14)]),
        ("zone", "VER", 5, [(1, "R03", 5, 14), (2, "R03", 5, 14)]),
        ("floor", "F1", 14, [(1, "R03", 14, 15), (2, "R03", 14, 15), (3, "R03", 14, 15)]),  # the desk counts there too
        ("building", "AC", 23, [(1, "R03", 23, 24), (3, "R03", 23, 24), (4, "R03", 23, 24), (2, "R03", 23, 24)]),
        ("zone", "HAL", 0, [(4, "R03", 0, 9)]),
    ],
)
def test_every_booking_during_which_a_place_is_too_full_is_found(scope, code, limit, found):
    bookings = [
        booked(1, "ROOM", "09:00", "10:00", 8),
        booked(2, "LEFT", "09:30", "10:30", 6),
        booked(3, "DESK-1", "07:00", "12:30", 1, layout="desk"),
        booked(4, "OPEN", "09:00", "10:00", 9, layout="informal"),
    ]
    where = limited(house(), scope, code, limit, MONDAY)
    above = above_head_count(bookings, scope, code, "R03", where)
    assert sorted(numbers(above)) == sorted(found)
    assert [each.booking.during.start for each in above] == sorted(each.booking.during.start for each in above)


def test_without_a_limit_nothing_stands_above_it():
    assert above_head_count([booked(1, "ROOM", "09:00", "10:00", 99)], "zone", "VER", "R03", house()) == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ROOM", "LEFT", "OPEN"]), st.integers(0, 30), st.integers(1, 20), st.integers(1, 12)
        ),
        max_size=7,
    ),
    st.integers(0, 20),
)
def test_a_zone_is_too_full_during_a_booking_as_a_count_by_the_minute_says(drawn, limit):
    start = datetime(2027, 3, 8, 8, tzinfo=UTC)
    bookings = [
        booked(number, space, "09:00", "10:00", persons)._replace(
            during=Interval(start + minutes(begins), start + minutes(begins + length))
        )
        for number, (space, begins, length, persons) in enumerate(drawn, start=1)
    ]
    inside = [each for each in bookings if each.space != "OPEN"]
    found = above_head_count(bookings, "zone", "VER", "R03", limited(house(), "zone", "VER", limit, MONDAY))
    expected = {}
    for booking in inside:
        most = max(sum(each.persons for each in inside if each.during.has(minute)) for minute in walk(booking.during))
        if most > limit:
            expected[booking.id] = most
    assert {each.booking.id: each.persons for each in found} == expected


def test_an_imagined_change_of_capacity_holds_from_its_date_and_leaves_the_house_as_it_was():
    where = with_policy(house({"ROOM": {"ceiling": 9}}), "ROOM", "2027-04-01", ceiling=4)
    imagined = room(6, {"theatre": None, "banquet": 12}).imagined(where)
    ceilings = [imagined.policy("ROOM", day).ceiling for day in (MONDAY, TUESDAY, date(2027, 4, 1))]
    assert ceilings == [9, 6, 6]  # what is set holds in the change planned for later as well
    assert imagined.policy("ROOM", TUESDAY).capacities == {"boardroom": 10, "banquet": 12}
    assert imagined.policy("ROOM", MONDAY).capacities == {"boardroom": 10, "theatre": 20}
    assert where.policy("ROOM", TUESDAY).ceiling == 9


def test_what_an_imagined_change_does_not_set_stays_as_it_was_planned():
    where = with_policy(house(), "ROOM", "2027-04-01", ceiling=4)
    imagined = room(capacities={"boardroom": 8}).imagined(where)
    assert [
        (imagined.policy("ROOM", day).ceiling, imagined.policy("ROOM", day).capacities["boardroom"])
        for day in (MONDAY, TUESDAY, date(2027, 4, 1))
    ] == [(None, 10), (None, 8), (4, 8)]


def test_a_second_change_on_the_same_date_takes_the_place_of_the_first():
    once = room(6).imagined(house())
    twice = room(7).imagined(once)
    assert [since for since, _ in twice.policies["ROOM"]] == [ALWAYS, TUESDAY]
    assert twice.policy("ROOM", TUESDAY).ceiling == 7


def test_an_imagined_limit_holds_from_its_date_and_through_what_was_planned():
    where = replace(house(), limits={("zone", "VER"): ((ALWAYS, 20), (date(2027, 4, 1), 15))})
    imagined = limited(where, "zone", "VER", 10, TUESDAY)
    assert [imagined.limit("zone", "VER", day) for day in (MONDAY, TUESDAY, date(2027, 4, 1))] == [20, 10, 10]
    lifted = limited(where, "zone", "VER", None, TUESDAY)
    assert lifted.limit("zone", "VER", TUESDAY) is None


def test_bookings_of_unknown_attendance_are_counted_anew_the_others_are_not():
    bookings = [
        booked(1, "ROOM", "09:00", "10:00", 10, attendees=None),
        booked(2, "ROOM", "10:00", "11:00", 8),
        booked(3, "DESK-1", "07:00", "12:30", 1, attendees=None, layout="desk"),
        booked(4, "ROOM", "11:00", "12:00", 20, attendees=None, layout="theatre"),
    ]
    where = room(6, first=MONDAY).imagined(house())
    assert [each.persons for each in recounted(bookings, where)] == [6, 8, 1, 6]

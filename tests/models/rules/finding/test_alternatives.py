"""What would work instead: near, fitting, and never anything that would be refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.finding.alternatives import best_other_space, day_and_week, nearest_alternatives, put_right
from models.rules.judging.facts import Facts, Taken, Wanted
from models.rules.judging.judge import judge
from models.rules.times.hours import Closure
from models.rules.times.interval import Interval, civil_day
from tests.models.rules.builders import (
    ANN,
    BRUSSELS,
    KAAT,
    MONDAY,
    NOW,
    during,
    hours,
    house,
    minutes,
    person,
    taken,
    wanted,
)

DAY, WEEK = day_and_week(during("09:00", "10:00"), BRUSSELS)


def offered(where, wish, *standing, within=DAY, now=NOW):
    facts = Facts(where, tuple(sorted(standing, key=lambda each: each.during.start)))
    return [(each.space, each.during, each.why) for each in nearest_alternatives(wish, facts, now, within=within)]


def test_by_turns_another_space_at_that_time_and_this_space_at_another():
    wish = wanted("ROOM", "09:00", "10:00", attendees=8)
    assert offered(house(), wish, taken("ROOM", "09:00", "10:00")) == [
        ("LEFT", during("09:00", "10:00"), "same_time"),
        ("ROOM", during("10:00", "11:00"), "same_space"),
        ("RIGHT", during("09:00", "10:00"), "same_time"),
    ]


def test_near_spaces_come_before_far_ones_the_closest_fit_first_and_a_composite_last():
    where = house({"LEFT": {"capacities": {"boardroom": 20}}, "ROOM": {"capacities": {"boardroom": 8}}})
    facts = Facts(where, (taken("RIGHT", "09:00", "10:00"),))
    found = best_other_space(wanted("RIGHT", "09:00", "10:00", attendees=8), facts, NOW, most=5)
    assert [each.space for each in found] == ["ROOM", "LEFT", "SALON"]


def test_a_larger_room_is_offered_to_a_party_that_does_not_fit():
    found = offered(house(), wanted("ROOM", "09:00", "10:00", attendees=15))
    assert found == [("LEFT-RIGHT", during("09:00", "10:00"), "same_time")]
    assert offered(house(), wanted("ROOM", "09:00", "10:00", attendees=60)) == []


def test_another_organisations_space_or_one_out_of_service_is_not_offered():
    where = house({"LEFT": {"bookable_by": ["OCMW"]}, "RIGHT": {"active": False}})
    spaces = {space for space, *_ in offered(where, wanted("ROOM", "09:00", "10:00"), taken("ROOM", "07:00", "19:00"))}
    assert spaces == {"SALON"}


def test_when_the_organisation_is_closed_another_day_of_the_week_is_offered():
    where = house(closures=[Closure(MONDAY, "public_holiday", None, None, frozenset(), "Feest")])
    wish = wanted("ROOM", "09:00", "10:00")
    assert offered(where, wish) == []
    assert offered(where, wish, within=WEEK)[0] == ("ROOM", during("2027-03-09T09:00", "10:00"), "same_space")


def test_a_length_that_is_not_allowed_becomes_one_that_is():
    where = house(
        {space: {"max_minutes": 60, "slot_minutes": 30} for space in ("ROOM", "LEFT", "RIGHT", "LEFT-RIGHT", "SALON")}
    )
    for start, end in (("09:00", "11:00"), ("09:10", "09:20")):
        for space, when, _why in offered(where, wanted("ROOM", start, end)):
            assert space == "ROOM"
            assert minutes(30) <= when.length <= minutes(60)


def test_a_grid_wider_than_an_hour_is_met():
    where = house({"ROOM": {"slot_minutes": 120}})
    found = [when for space, when, _why in offered(where, wanted("ROOM", "09:15", "10:15")) if space == "ROOM"]
    assert found[0] in (during("08:00", "10:00"), during("10:00", "12:00"))


PUT_RIGHT = [
    # asked for, policy, put right
    (("10:05", "11:05"), {}, ("10:00", "11:00")),
    (("09:50", "11:00"), {}, ("09:45", "11:00")),  # up to the next step
    (("10:00", "10:05"), {"min_minutes": 45}, ("10:00", "10:45")),
    (("09:00", "18:00"), {"max_minutes": 100, "slot_minutes": 30}, ("09:00", "10:30")),  # on the grid, not beyond
    (("2027-03-28T01:50", "2027-03-28T03:40"), {}, ("2027-03-28T01:45", "2027-03-28T03:45")),  # 02:00 is skipped
    (
        ("2027-10-31T00:00", "2027-11-01T00:00"),
        {"min_minutes": 1440, "max_minutes": 1440},
        ("2027-10-31T00:00", "2027-11-01T00:00"),
    ),  # of 25 hours
]


@pytest.mark.parametrize(("asked", "policy", "right"), PUT_RIGHT)
def test_a_wish_is_put_right_from_its_own_start(asked, policy, right):
    where = house({"ROOM": policy})
    assert put_right(during(*asked), where.policy("ROOM", MONDAY), where) == during(*right)


def test_in_the_hour_that_comes_twice_a_wish_put_right_ends_after_it_starts():
    second = datetime.fromisoformat("2027-10-31T02:00+01:00")
    asked, where = Interval(second, second + minutes(20)), house({"ROOM": {}})
    assert put_right(asked, where.policy("ROOM", MONDAY), where) == Interval(second, second + minutes(30))


@pytest.mark.parametrize(
    ("asked", "block"),
    [
        (("09:00", "17:00"), ("07:00", "19:00")),
        (("09:00", "12:00"), ("07:00", "12:30")),
        (("13:00", "20:00"), ("12:30", "19:00")),
        (("06:00", "20:00"), ("07:00", "19:00")),
    ],
)
def test_a_wish_for_a_desk_is_put_right_to_the_blocks_that_hold_it(asked, block):
    where = house()
    assert put_right(during(*asked), where.policy("DESK-1", MONDAY), where) == during(*block)
    assert offered(where, wanted("DESK-1", *asked))[0] == ("DESK-1", during(*block), "same_space")


def test_a_wish_put_right_is_offered_before_all_else_and_nothing_that_overlaps_it_after():
    found = offered(house(), wanted("ROOM", "10:05", "11:05", attendees=8))
    assert found[0] == ("ROOM", during("10:00", "11:00"), "same_space")
    assert found[1] == ("ROOM", during("11:00", "12:00"), "same_space")


def test_on_a_day_full_of_small_gaps_a_later_day_is_offered_all_the_same():
    where = house(
        {space: {"active": False} for space in ("LEFT", "RIGHT", "LEFT-RIGHT", "SALON")} | {"ROOM": {"slot_minutes": 5}}
    )
    full = [taken("ROOM", f"{hour:02}:00", f"{hour:02}:55", number=hour) for hour in range(7, 19)]
    found = offered(where, wanted("ROOM", "10:00", "11:00"), *full, within=WEEK)
    assert found[0] == ("ROOM", during("2027-03-09T10:00", "11:00"), "same_space")


def test_of_a_desk_another_desk_or_another_half_day_is_offered():
    found = offered(house(), wanted("DESK-1", "07:00", "12:30"), taken("DESK-1", "07:00", "12:30"))
    assert found[:2] == [
        ("DESK-2", during("07:00", "12:30"), "same_time"),
        ("DESK-1", during("12:30", "19:00"), "same_space"),
    ]


def test_a_desks_part_of_a_half_day_is_offered_once_though_two_blocks_come_to_it():
    where = house(
        {"DESK-2": {"active": False}}, closures=[Closure(MONDAY, "half_day", 510, 720, frozenset({"GEM"}), "Halve dag")]
    )
    assert offered(where, wanted("DESK-1", "12:30", "19:00")) == [("DESK-1", during("08:30", "12:00"), "same_space")]


def test_a_wish_through_midnight_knows_what_is_taken_after_it():
    where = house(
        {space: {"advance_days": 30} for space in ("ROOM", "LEFT")},
        rows=hours("building", "AC", "00:00", "24:00", "staff_access", range(1, 8)),
    )
    wish = wanted("ROOM", "22:00", "2027-03-09T01:00", attendees=8)
    first, week = day_and_week(wish.during, BRUSSELS)
    assert first.covers(wish.during)
    assert week.covers(first)
    facts = Facts(where)
    assert all(each.why == "same_space" for each in nearest_alternatives(wish, facts, NOW, within=DAY))


def test_nothing_is_offered_outside_the_stretch_that_is_known():
    wish = wanted("ROOM", "09:00", "10:00")
    for within in (during("09:00", "10:00"), during("08:00", "11:00"), DAY):
        for _space, when, _why in offered(house(), wish, taken("ROOM", "09:00", "10:00"), within=within):
            assert within.covers(when)


def test_the_week_begins_with_the_civil_day_and_ends_a_week_after_it():
    assert day_and_week(during("2027-03-28T09:00", "10:00"), BRUSSELS) == (
        civil_day(date(2027, 3, 28), BRUSSELS),
        Interval(civil_day(date(2027, 3, 28), BRUSSELS).start, civil_day(date(2027, 4, 4), BRUSSELS).end),
    )


spaces = st.sampled_from(["ROOM", "LEFT", "LEFT-RIGHT", "OPEN", "BOOTH", "COUNTER", "SALON", "DESK-1"])
starts = st.builds(
    lambda day, minute: datetime(2027, 3, 8 + day, tzinfo=UTC) + minutes(minute * 5),
    st.integers(0, 5),
    st.integers(60, 264),
)
stretches = st.builds(lambda start, length: Interval(start, start + minutes(length * 5)), starts, st.integers(1, 100))
wishes = st.builds(
    lambda space, when, organiser, attendees, alone: Wanted(
        space, when, organiser, organiser, attendees=attendees, exclusive=alone
    ),
    spaces,
    stretches,
    st.sampled_from([ANN, KAAT, person("els", "OCMW")]),
    st.none() | st.integers(1, 25),
    st.booleans(),
)


@st.composite
def standing(draw) -> list[Taken]:
    found = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        space = draw(spaces)
        found.append(Taken(number, space, draw(stretches), draw(st.integers(1, 10)), space != "OPEN", 1000 + number))
    return found


@given(wishes, standing(), st.sampled_from([DAY, WEEK]), st.sampled_from([5, 12, 100]))
def test_whatever_is_offered_would_be_accepted(wish, taken_already, within, most):
    where = house(
        {space: {"buffer_after": minutes(15)} for space in ("ROOM", "LEFT")},
        limits={"VER": most, "AC": 30},
        closures=[Closure(date(2027, 3, 10), "half_day", 510, 720, frozenset({"GEM"}), "Halve dag")],
    )
    facts = Facts(where, tuple(sorted(taken_already, key=lambda each: each.during.start)))
    found = nearest_alternatives(wish, facts, NOW, within=within)
    assert len(found) <= 3
    assert len(set(found)) == len(found)
    for each in found:
        moved = Wanted(
            each.space, each.during, wish.organiser, wish.booker, attendees=wish.attendees, exclusive=wish.exclusive
        )
        verdict = judge(moved, where.policy(each.space, facts.date_of(each.during)), facts, NOW)
        assert verdict.accepted
        assert verdict.during == each.during
        assert within.covers(each.during)
        assert (each.space, each.during) != (wish.space, wish.during)


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_more_is_offered_than_was_asked_for(most):
    facts = Facts(house(), (taken("ROOM", "09:00", "10:00"),))
    found = nearest_alternatives(wanted("ROOM", "09:00", "10:00"), facts, NOW, within=WEEK, most=most)
    assert len(found) == most


def test_two_times_of_one_space_never_overlap():
    times = [
        interval
        for _space, interval, why in offered(
            house(),
            wanted("ROOM", "09:00", "10:00", attendees=8),
            taken("ROOM", "09:00", "10:00", organiser=KAAT),
            within=WEEK,
        )
        if why == "same_space"
    ]
    assert times
    assert not any(one.overlaps(other) for one in times for other in times if one is not other)

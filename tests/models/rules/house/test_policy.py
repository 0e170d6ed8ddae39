"""The places of a space in each layout, on the demo building's own figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.house.policy import Places
from tests.models.rules.builders import house, minutes, with_policy

RUPEL = {
    "capacities": {"boardroom": 18, "ushape": 16, "classroom": 20, "theatre": 40, "reception": 45},
    "fire_max": 50,
    "ventilation_m3h": 1000,
}
numbers = st.none() | st.integers(0, 60)


def policy(**values):
    return house({"ROOM": values}).policies["ROOM"][0][1]


@pytest.mark.parametrize(
    ("values", "layout", "places"),
    [
        (RUPEL, "boardroom", Places(18, "R01")),
        (RUPEL, "theatre", Places(25, "R08")),  # 40 seats, but air for 25
        (RUPEL | {"air_level": "B"}, "theatre", Places(40, "R01")),
        (RUPEL | {"air_level": "B"}, "reception", Places(40, "R08")),
        (RUPEL | {"fire_max": 20}, "theatre", Places(20, "R02")),
        (RUPEL | {"ceiling": 12}, "theatre", Places(12, "R01")),
        (RUPEL | {"percent": 50}, "classroom", Places(10, "R09")),
        (RUPEL, "banquet", None),  # not offered
        ({"capacities": {"informal": 40}}, "informal", Places(40, "R01")),  # a roof terrace: no rule for air
    ],
)
def test_the_places_of_a_layout_are_the_least_of_all_its_limits(values, layout, places):
    assert policy(**values).places(layout) == places


def test_effective_capacity_is_that_of_the_default_layout():
    assert policy(**RUPEL).effective_capacity() == 18
    assert policy(**RUPEL, default_layout="theatre").effective_capacity() == 25
    assert policy(capacities={}, default_layout="theatre").effective_capacity() == 0


@given(
    st.integers(0, 60), numbers, numbers, st.none() | st.integers(0, 3000), st.sampled_from("AB"), st.integers(0, 100)
)
def test_places_are_the_least_that_any_limit_allows_and_name_the_first_that_does(
    seats, ceiling, fire, air, level, percent
):
    found = policy(
        capacities={"boardroom": seats},
        ceiling=ceiling,
        fire_max=fire,
        ventilation_m3h=air,
        air_level=level,
        percent=percent,
    ).places("boardroom")
    allowed = {
        "R01": min(seats, seats if ceiling is None else ceiling),
        "R02": fire,
        "R08": None if air is None else int(air / {"A": 40, "B": 25}[level]),
        "R09": seats * percent // 100 if percent < 100 else None,
    }
    allowed = {rule: number for rule, number in allowed.items() if number is not None}
    least = min(allowed.values())
    assert found == Places(least, min(rule for rule, number in allowed.items() if number == least))


def test_a_policy_holds_from_its_date_until_the_next_and_the_first_one_before():
    where = with_policy(with_policy(house(), "ROOM", "2027-04-01", ceiling=5), "ROOM", "2027-05-01", ceiling=None)
    for day, ceiling in (
        ("1999-01-01", None),
        ("2027-03-31", None),
        ("2027-04-01", 5),
        ("2027-04-30", 5),
        ("2027-05-01", None),
        ("2099-01-01", None),
    ):
        assert where.policy("ROOM", date.fromisoformat(day)).ceiling == ceiling


def test_no_limit_holds_before_the_first_one_was_set():
    where = replace(house(), limits={("zone", "VER"): ((date(2027, 4, 1), 5),)})
    assert where.limit("zone", "VER", date(2027, 3, 31)) is None
    assert where.limit("zone", "VER", date(2027, 4, 1)) == 5
    assert where.limit("floor", "F1", date(2027, 4, 1)) is None


def test_the_widest_buffer_of_any_policy_says_how_far_apart_two_bookings_can_hinder_each_other():
    assert house().widest_buffer == timedelta()
    where = house({"ROOM": {"buffer_before": minutes(60)}, "LEFT": {"buffer_after": minutes(30)}})
    assert where.widest_buffer == minutes(60)
    assert with_policy(where, "LEFT", "2028-01-01", buffer_after=minutes(90)).widest_buffer == minutes(90)

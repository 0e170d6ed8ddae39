"""How long one will wait: a range that says its error, and nothing where too little is known."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.house.line_settings import LineSettings
from models.rules.line.waiting import FEWEST_TALKS, Pace, Waiting, wait_of
from tests.models.rules.line.simulated import Day

MINUTE = timedelta(minutes=1)
USUAL = [MINUTE * each for each in (4, 5, 6, 7, 8, 9, 10, 11, 12, 20)] * 3


@pytest.mark.parametrize(
    ("before", "pace", "least", "most"),
    [
        (3, Pace(USUAL[: FEWEST_TALKS - 1], 2), None, None),  # 19 talks have ended
        (3, Pace(USUAL, 0), None, None),  # nobody is there
        (0, Pace(USUAL, 2, [MINUTE]), 0, 5),  # somebody is free
        (0, Pace([MINUTE * 10] * 20, 1, [MINUTE * 4]), 5, 10),  # six minutes are left of the talk that goes on
        (4, Pace([MINUTE * 10] * 20, 2), 20, 20),  # two rounds of two
        (4, Pace([MINUTE * 10] * 20, 2, (), [MINUTE, MINUTE * 11]), 30, 30),  # two appointments come before
        (4, Pace([MINUTE * 10] * 20, 2, (), [MINUTE * 60]), 20, 20),  # one that comes later does not
    ],
)
def test_the_range_is_what_somebody_with_a_pencil_would_say(before, pace, least, most):
    told = None if least is None else MINUTE * least, None if most is None else MINUTE * most
    assert wait_of(before, pace) == Waiting(before, *told)


@given(
    before=st.integers(0, 40),
    people=st.integers(1, 8),
    took=st.lists(st.integers(1, 60), min_size=FEWEST_TALKS, max_size=60),
    going_on=st.lists(st.integers(0, 120), max_size=8),
    coming=st.lists(st.integers(0, 120), max_size=5),
)
def test_a_range_has_two_ends_in_steps_and_is_the_same_each_time_it_is_asked(before, people, took, going_on, coming):
    pace = Pace(*([MINUTE * each for each in took], people, [MINUTE * each for each in going_on]))
    told = wait_of(before, pace)
    assert timedelta() <= told.least < told.most or told.least == told.most > timedelta()
    assert all(each % timedelta(minutes=5) == timedelta() for each in (told.least, told.most))
    assert wait_of(before, pace) == told
    busier = wait_of(before, Pace(pace.took, people, pace.going_on, [MINUTE * each for each in coming]))
    assert busier.most is not None


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(2, 9))])
def test_on_a_day_of_three_hundred_nine_of_ten_wait_as_they_were_told_and_nobody_is_passed_over(seed):
    day = Day(random.Random(seed), LineSettings(), counters=4, visitors=300)
    day.pass_by()
    assert len(day.called) == 300
    told = [(waits, each.called_at - each.arrived_at) for each in day.called if (waits := each.told).most is not None]
    right = [waits.least <= waited <= waits.most + MINUTE for waits, waited in told]
    assert len(right) > 200
    assert sum(right) >= 0.9 * len(right)
    walked_in = [each for each in day.called if each.due_at is None]
    assert [each.arrived_at for each in walked_in] == sorted(each.arrived_at for each in walked_in)
    early = [each.due_at - each.called_at for each in day.called if each.due_at]
    assert max(early) <= LineSettings().early

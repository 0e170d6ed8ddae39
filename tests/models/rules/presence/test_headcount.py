"""People over time, against a count minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.presence.headcount import Course, Presence, peak, profile
from models.rules.times.interval import Interval
from tests.models.rules.builders import during, minutes
from tests.models.rules.judging.naive import walk

START = datetime(2027, 3, 8, 8, tzinfo=UTC)
stretches = st.builds(
    lambda start, length: Interval(START + minutes(start), START + minutes(start + length)),
    st.integers(0, 60),
    st.integers(1, 40),
)
presences = st.lists(st.builds(Presence, stretches, st.integers(0, 30)), max_size=8)


@pytest.mark.parametrize(
    ("others", "most"),
    [
        ([], 0),
        ([("09:00", "10:00", 5)], 5),
        ([("09:00", "09:30", 5), ("09:30", "10:00", 7)], 7),  # one leaves as the other comes
        ([("09:00", "09:31", 5), ("09:30", "10:00", 7)], 12),
        ([("08:00", "09:00", 9), ("10:00", "11:00", 9)], 0),  # before and after
        ([("08:00", "11:00", 3), ("09:15", "09:20", 4)], 7),  # not at the start of the booking
    ],
)
def test_a_peak_is_the_most_people_at_any_one_instant(others, most):
    present = [Presence(during(start, end), persons) for start, end, persons in others]
    assert peak(present, during("09:00", "10:00")) == most


def test_a_profile_covers_the_whole_stretch_and_says_each_change_once():
    in_turn = [Presence(during("09:15", "09:30"), 4), Presence(during("09:30", "09:45"), 4)]
    found = profile(in_turn, during("09:00", "10:00"))
    assert [(each.during, each.persons) for each in found] == [
        (during("09:00", "09:15"), 0),
        (during("09:15", "09:45"), 4),
        (during("09:45", "10:00"), 0),
    ]


@given(presences, stretches)
def test_a_profile_says_of_every_minute_how_many_are_there(others, stretch):
    found = profile(others, stretch)
    assert (found[0].during.start, found[-1].during.end) == (stretch.start, stretch.end)
    for before, after in pairwise(found):
        assert before.during.end == after.during.start
        assert before.persons != after.persons
    for minute in walk(stretch):
        [here] = [each for each in found if each.during.has(minute)]
        assert here.persons == sum(each.persons for each in others if each.during.has(minute))
    assert peak(others, stretch) == max(each.persons for each in found)


@given(presences, st.lists(stretches, min_size=1, max_size=5))
def test_a_course_that_was_swept_once_knows_the_peak_of_any_stretch(others, asked):
    course = Course(others)
    for stretch in asked:
        assert course.most(stretch) == peak(others, stretch)

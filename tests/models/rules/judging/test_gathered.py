"""Head counts that were swept once a date, against the plain count of every stretch."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from models.rules.judging.facts import Facts, Taken
from models.rules.judging.gathered import Group, places_of
from models.rules.presence.counts import LiveCount
from models.rules.presence.headcount import Presence, peak
from models.rules.times.interval import Interval, civil_date, civil_day
from tests.models.rules.builders import BRUSSELS, SPACES, house, minutes

MIDNIGHT = datetime(2027, 3, 7, 23, tzinfo=UTC)
WHERE = house()
stretches = st.builds(
    lambda start, length: Interval(MIDNIGHT + minutes(start), MIDNIGHT + minutes(start + length)),
    st.integers(-600, 3000),
    st.sampled_from([1, 15, 60, 400, 1440]),
)
bookings = st.lists(
    st.builds(
        lambda space, when, persons, chairs: Taken(0, space, when, persons, True, 1, chairs),
        st.sampled_from(sorted(SPACES)),
        stretches,
        st.integers(0, 9),
        st.integers(0, 2),
    ),
    max_size=9,
)
places = st.sampled_from([("zone", "HAL"), ("zone", "VER"), ("floor", "F1"), ("building", "AC")])
LIVE = LiveCount.made("OPEN", 7, MIDNIGHT + minutes(600))


def in_order(taken: list[Taken]) -> tuple[Taken, ...]:
    return tuple(sorted(taken, key=lambda each: each.during.start))


@given(bookings, places, st.lists(stretches, min_size=1, max_size=4))
def test_each_stretch_of_any_date_has_the_peak_that_counting_it_alone_gives(taken, place, asked):
    facts, (scope, code) = Facts(WHERE, in_order(taken)), place
    here = [each for each in taken if getattr(WHERE.spaces[each.space], scope) == code]
    for during in asked:
        assert facts.most_people(scope, code, during) == peak(here, during)
        if scope == "floor":
            chairs = [Presence(each.during, each.in_refuge) for each in here]
            assert facts.most_in_refuge(code, during) == peak(chairs, during)


@given(bookings, places, stretches)
def test_groups_that_are_asked_for_date_by_date_give_the_same_as_bookings(taken, place, during):
    asked = []

    def groups(day: Interval) -> list[Group]:
        asked.append(civil_date(day.start, BRUSSELS))
        assert day == civil_day(asked[-1], BRUSSELS)
        return [
            Group(each.during, each.persons, each.in_refuge, places_of(WHERE.spaces[each.space]))
            for each in taken
            if each.during.overlaps(day)
        ]

    bookings = in_order(taken)
    open_space = tuple(each for each in bookings if each.space == "OPEN")
    facts = Facts(WHERE, open_space, counted=(LIVE,), groups=groups)
    for _again in range(2):
        assert facts.most_people(*place, during) == Facts(WHERE, bookings, counted=(LIVE,)).most_people(*place, during)
    assert len(asked) == len(set(asked))

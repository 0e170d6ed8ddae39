"""How many people are expected, as far as a viewer may be told: never a number that would tell of one party."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.people.discretion import Booked, Viewer
from models.rules.presence.occupancy import (
    Expected,
    all_above,
    course,
    expected_in_space,
    highest,
    is_counted_for,
    level,
    read_place,
)
from models.rules.refusals import BadRequest
from tests.models.rules.builders import ANN, during, house, person
from tests.models.rules.judging.naive import walk

NINE_TO_TEN = during("09:00", "10:00")


def persons(stretches) -> list[tuple]:
    return [(each.during, each.persons) for each in stretches]


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ([], [("09:00", "10:00", 0)]),
        ([("08:00", "09:30", 4)], [("09:00", "09:30", 4), ("09:30", "10:00", 0)]),
        (
            [("08:00", "09:30", 4), ("09:15", "11:00", 3)],
            [("09:00", "09:15", 4), ("09:15", "09:30", 7), ("09:30", "10:00", 3)],
        ),
        ([("09:15", "09:30", None)], [("09:00", "09:15", 0), ("09:15", "09:30", None), ("09:30", "10:00", 0)]),
        ([("09:00", "10:00", 5), ("09:30", "11:00", None)], [("09:00", "09:30", 5), ("09:30", "10:00", None)]),
    ],
)
def test_a_course_says_of_every_instant_how_many_or_that_it_is_not_told(expected, found):
    given_ = [Expected("ROOM", during(start, end), number) for start, end, number in expected]
    assert persons(course(given_, NINE_TO_TEN)) == [(during(start, end), number) for start, end, number in found]


halves = st.sampled_from([(first, last) for first in range(8, 12) for last in range(first + 1, 13)])


@given(st.lists(st.tuples(halves, st.one_of(st.none(), st.integers(0, 9))), max_size=6))
def test_a_course_is_what_a_count_minute_by_minute_finds(drawn):
    expected = [Expected("ROOM", during(f"{a:02}:00", f"{b:02}:00"), number) for (a, b), number in drawn]
    whole = during("09:00", "11:30")
    found = course(expected, whole)
    assert (found[0].during.start, found[-1].during.end) == (whole.start, whole.end)
    assert all(before.during.end == after.during.start for before, after in pairwise(found))
    for minute in walk(whole):
        [here] = [each for each in found if each.during.has(minute)]
        there = [each.persons for each in expected if each.during.has(minute)]
        assert here.persons == (None if None in there else sum(there))


def test_the_highest_is_the_first_of_those_that_are_told():
    expected = [
        Expected("ROOM", during("09:00", "09:30"), None),
        Expected("ROOM", during("09:30", "09:45"), 4),
        Expected("ROOM", during("09:50", "09:55"), 4),
    ]
    peak = highest(course(expected, NINE_TO_TEN))
    assert (peak.during, peak.persons) == (during("09:30", "09:45"), 4)


@pytest.mark.parametrize(
    ("number", "limit", "state"),
    [
        (0, 0, "calm"),
        (0, None, "calm"),
        (900, None, "calm"),
        (7, 10, "calm"),
        (8, 10, "near"),
        (9, 10, "near"),
        (10, 10, "full"),
        (11, 10, "over"),
        (1, 0, "over"),
    ],
)
def test_four_fifths_of_a_limit_is_near_it(number, limit, state):
    assert level(number, limit) == state


@pytest.mark.parametrize("text", ["", "ROOM", "space:", "space:NOWHERE", "kind:ROOM", "floor:ROOM", "space:ROOM:1"])
def test_what_names_no_place_is_senseless(text):
    with pytest.raises(BadRequest) as error:
        read_place(text, house())
    assert error.value.field == "scope"


def booking(space: str, persons: int, organisation: str = "GEM", **more) -> Booked:
    return Booked(
        1,
        space,
        "meeting_room",
        NINE_TO_TEN,
        organisation=organisation,
        persons=persons,
        privacy="title",
        title=None,
        layout="boardroom",
        organiser="somebody",
        booked_by="somebody",
        status="confirmed",
        **more,
    )


@pytest.mark.parametrize(
    ("viewer", "of", "told"),
    [
        (ANN, "GEM", 6),
        (person("els", "OCMW"), "GEM", None),  # the municipality's bookings are busy to others
        (ANN, "OCMW", None),  # professional secrecy
        (ANN, "WW", 6),  # the job shop shows titles
    ],
)
def test_in_a_room_for_one_party_its_number_is_told_to_who_sees_more_than_that_it_is_taken(viewer, of, told):
    where = house()
    [found] = expected_in_space(where.spaces["ROOM"], [booking("ROOM", 6, of)], Viewer.of(viewer, where))
    assert found.persons == told


def test_in_a_shared_space_everyone_is_counted_together():
    where = house()
    viewer = Viewer.of(ANN, where)
    found = expected_in_space(where.spaces["OPEN"], [booking("OPEN", 6), booking("OPEN", 5, "OCMW")], viewer)
    assert highest(course(found, NINE_TO_TEN)).persons == 11


def test_where_an_organisation_receives_in_secrecy_others_learn_no_more_than_the_zones_total():
    where = house()
    where = replace(where, zones={**where.zones, "HAL": replace(where.zones["HAL"], owner="OCMW")})
    for who, told in ((ANN, None), (person("els", "OCMW"), 5)):
        viewer = Viewer.of(who, where)
        [found] = expected_in_space(where.spaces["OPEN"], [booking("OPEN", 5, "OCMW")], viewer)
        assert (is_counted_for(viewer, where.spaces["OPEN"]), found.persons) == (told is not None, told)


def test_a_whole_room_counts_those_in_its_parts_and_a_part_does_not_know_of_the_whole():
    where = house()
    viewer = Viewer.of(ANN, where)
    in_parts = [booking("LEFT", 6), booking("RIGHT", 5)]
    whole = expected_in_space(where.spaces["LEFT-RIGHT"], in_parts, viewer)
    assert highest(course(whole, NINE_TO_TEN)).persons == 11
    [part] = expected_in_space(where.spaces["LEFT"], [booking("LEFT-RIGHT", 30)], viewer)
    assert part.persons is None


@pytest.mark.parametrize(
    ("expected", "limits", "above"),
    [
        ([("ROOM", "09:00", "10:00", 10, "boardroom")], {}, 0),
        ([("ROOM", "09:00", "10:00", 11, "boardroom")], {}, 1),
        ([("ROOM", "09:00", "10:00", 5, "circus")], {}, 1),  # no longer set up so
        ([("OPEN", "09:00", "10:00", 12, "informal"), ("OPEN", "09:30", "10:30", 9, "informal")], {}, 2),
        ([("OPEN", "09:00", "10:00", 12, "informal"), ("OPEN", "10:00", "10:30", 9, "informal")], {}, 0),
        (
            [
                ("ROOM", "09:00", "10:00", 6, "boardroom"),
                ("LEFT", "09:30", "10:30", 6, "boardroom"),
                ("RIGHT", "10:00", "11:00", 3, "boardroom"),
            ],
            {"VER": 11},
            2,
        ),
        ([("ROOM", "09:00", "10:00", 6, "boardroom"), ("OPEN", "09:30", "10:30", 6, "informal")], {"AC": 11}, 2),
    ],
)
def test_above_a_limit_are_those_who_come_while_there_are_too_many(expected, limits, above):
    found = all_above(
        [Expected(code, during(start, end), number, layout) for code, start, end, number, layout in expected],
        house(limits=limits),
    )
    assert len(found) == above

"""Head counts by steps: who gets the figure itself, and what a step and a quarter of an hour keep from the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.people.discretion import Viewer
from models.rules.presence.occupancy import Expected, Place
from models.rules.presence.steps import (
    STEP,
    in_quarters,
    kept_zones,
    most_of,
    place_told,
    sees_exact_counts,
    step_of,
    told_course,
    top_of,
)
from models.rules.times.interval import Interval
from tests.models.rules.builders import ANN, during, house, person

VER, BUR, FIRST, AC = (Place(*each) for each in (("zone", "VER"), ("zone", "BUR"), ("floor", "F1"), ("building", "AC")))
# The neighbourhood is the social-welfare centre's alone; in the meeting cluster everybody may book but the job shop.
HERE = house(
    {
        **{desk: {"bookable_by": ("OCMW",)} for desk in ("DESK-1", "DESK-2")},
        **{room: {"bookable_by": ("GEM", "OCMW")} for room in ("LEFT", "RIGHT", "LEFT-RIGHT", "ROOM")},
    }
)


def viewer(organisation: str = "GEM", *roles: str) -> Viewer:
    return Viewer.of(person("viewer", organisation, " ".join(("staff", *roles))), HERE)


@pytest.mark.parametrize(
    ("persons", "step", "top"),
    [(0, 0, 0), (1, 1, 4), (4, 1, 4), (5, 5, 9), (9, 5, 9), (10, 10, 14), (23, 20, 24), (100, 100, 104)],
)
def test_a_step_is_nobody_fewer_than_five_and_then_five_at_a_time(persons, step, top):
    assert (step_of(persons), top_of(step)) == (step, top)


@pytest.mark.parametrize(
    ("who", "exact"),
    [
        (viewer("GEM", "facility_manager"), {VER, FIRST, AC}),
        (viewer("GEM", "prevention_adviser"), {VER, FIRST, AC}),
        (viewer("OCMW", "partner_admin"), {VER, BUR}),  # its people may book there
        (viewer("WW", "partner_admin"), set()),  # and here not
        (viewer("OCMW"), {BUR}),  # nobody but its own people is there
        (viewer("GEM", "receptionist"), set()),
        (viewer("GEM", "counter_coordinator"), set()),
        (viewer(), set()),
        (Viewer.of(None, HERE), set()),
    ],
)
def test_the_figure_itself_is_for_who_answers_for_safety_and_for_administrators_where_their_people_book(who, exact):
    assert {place for place in (VER, BUR, FIRST, AC) if sees_exact_counts(place, who)} == exact


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (viewer("OCMW"), BUR),
        (viewer("GEM", "facility_manager"), FIRST),
        (viewer("GEM", "prevention_adviser"), FIRST),
        (viewer("WW", "partner_admin"), FIRST),
        (Viewer.of(None, HERE), FIRST),
    ],
)
def test_a_zone_of_one_organisation_with_secrecy_answers_all_others_as_its_floor(who, told):
    assert place_told(BUR, who) == told
    assert place_told(VER, who) == VER


def test_a_zone_that_others_use_too_is_nobodys_secret():
    shared = house({"DESK-1": {"bookable_by": ("OCMW",)}, "DESK-2": {"bookable_by": ("OCMW", "WW")}})
    assert place_told(BUR, Viewer.of(ANN, shared)) == BUR


@pytest.mark.parametrize(
    ("expected", "window", "told"),
    [
        ([], ("09:00", "10:00"), [("09:00", "10:00", 0)]),
        ([("09:00", "10:00", 3)], ("09:00", "10:00"), [("09:00", "10:00", 1)]),
        ([("09:05", "09:50", 3)], ("09:00", "10:00"), [("09:00", "10:00", 1)]),  # not when they came, nor left
        (
            [("09:00", "10:00", 4), ("09:20", "09:25", 3)],
            ("09:00", "10:00"),
            [("09:00", "09:15", 1), ("09:15", "09:30", 5), ("09:30", "10:00", 1)],
        ),
        ([("09:00", "10:00", 6), ("09:30", "10:00", 3)], ("09:00", "10:00"), [("09:00", "10:00", 5)]),
        ([("09:14", "09:15", 7)], ("09:01", "09:02"), [("09:00", "09:15", 5)]),  # a minute asked for is its quarter
    ],
)
def test_others_get_the_highest_step_of_each_quarter(expected, window, told):
    here = [Expected("ROOM", during(start, end), number) for start, end, number in expected]
    found = told_course(VER, here, during(*window), viewer())
    assert [(each.during, each.persons) for each in found] == [(during(a, b), number) for a, b, number in told]


def test_whoever_gets_the_figures_gets_them_to_the_minute():
    here = [Expected("ROOM", during("09:05", "09:50"), 3)]
    found = told_course(VER, here, during("09:00", "10:00"), viewer("GEM", "facility_manager"))
    assert [each.persons for each in found] == [0, 3, 0]


@pytest.mark.parametrize(
    ("place", "persons", "most"), [(VER, [0, 6, 0], 6), (FIRST, [5, 11, 0], 15), (AC, [5, 11, 0], 15)]
)
def test_a_zone_that_is_not_told_counts_in_fives_by_quarters_in_what_is_around_it(place, persons, most):
    crowd = [("DESK-1", "09:05", "09:20", 7), ("DESK-2", "09:31", "09:33", 3), ("ROOM", "09:15", "09:30", 6)]
    here = [
        Expected(space, during(*times), number) for space, *times, number in crowd if place != VER or space == "ROOM"
    ]
    farid = viewer("GEM", "facility_manager")
    found = told_course(place, here, during("09:00", "10:00"), farid)
    assert [each.persons for each in found] == persons
    assert most_of(max(persons), place, farid) == most


def test_only_whoever_has_the_figures_around_it_has_zones_that_count_in_fives():
    assert [kept_zones(FIRST, viewer("GEM", *roles)) for roles in (("facility_manager",), ())] == [{"BUR"}, frozenset()]
    assert kept_zones(VER, viewer("GEM", "facility_manager")) == frozenset()


STRETCHES = st.lists(
    st.tuples(st.integers(0, 1400), st.integers(1, 300), st.integers(1, 30)).map(
        lambda drawn: Expected(
            "ROOM",
            Interval(
                during("00:00", "01:00").start + timedelta(minutes=drawn[0]),
                during("00:00", "01:00").start + timedelta(minutes=drawn[0] + drawn[1]),
            ),
            drawn[2],
        )
    ),
    max_size=8,
)


@given(STRETCHES, st.integers(0, 1000), st.integers(1, 400))
def test_steps_cover_the_window_in_quarters_and_hold_the_peak_of_each(expected, first, minutes):
    start = during("00:00", "01:00").start + timedelta(minutes=first)
    window = Interval(start, start + timedelta(minutes=minutes))
    found = told_course(VER, expected, window, viewer())
    assert (found[0].during.start, found[-1].during.end) == (in_quarters(window).start, in_quarters(window).end)
    assert in_quarters(window).covers(window)
    for before, after in zip(found, found[1:], strict=False):
        assert before.during.end == after.during.start
        assert before.persons != after.persons
    for each in found:
        assert not each.during.start.minute % 15
        assert each.persons in (0, 1) or not each.persons % STEP
    for minute in range(minutes):
        instant = start + timedelta(minutes=minute)
        present = sum(each.persons for each in expected if each.during.has(instant))
        assert next(each.persons for each in found if each.during.has(instant)) >= step_of(present)

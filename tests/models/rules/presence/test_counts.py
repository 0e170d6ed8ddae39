"""Who is here for certain, who may come, and whom an evacuation list names."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from models.rules.people.discretion import Booked, Viewer, may_be_named_for_rescue
from models.rules.presence.counts import COUNT_HOLDS, LiveCount, crowd, lines_now, tally_from
from models.rules.presence.evacuation import Mark, ToClear, Unsettled, outcome, to_clear
from models.rules.times.interval import Interval
from tests.models.rules import builders
from tests.models.rules.builders import ANN, BRUSSELS, NOW, person

HOUR = timedelta(hours=1)


def booking(space: str, number: int = 1, **more) -> Booked:
    values = {
        "status": "confirmed",
        "attendees": 4,
        "persons": 4,
        "organisation": "GEM",
        "organiser": "ann",
        "organiser_name": "Ann",
        "booked_by": "ann",
        "privacy": "title",
        "title": None,
        "layout": "boardroom",
        "wheelchair": 0,
    }
    return Booked(number, space, "meeting_room", Interval(NOW - HOUR, NOW + HOUR), **(values | more))


@pytest.fixture
def house():
    return builders.house()


def test_a_count_holds_for_half_an_hour_and_takes_in_whoever_booked():
    count = LiveCount.made("OPEN", 12, NOW)
    assert count.until == NOW + COUNT_HOLDS == NOW + timedelta(minutes=30)
    assert [count.beside(booked) for booked in (0, 5, 12, 20)] == [12, 7, 0, 0]


@pytest.mark.parametrize(("hours_ago", "there"), [(0, 9), (8, 9), (9.5, 0), (24, 0)])
def test_who_adds_one_goes_on_from_the_last_count_of_the_same_day(hours_ago, there):
    assert tally_from(9, NOW - hours_ago * HOUR, NOW, BRUSSELS) == there


@pytest.mark.parametrize(
    ("facts", "sort", "is_here"),
    [
        ({"status": "checked_in"}, "checked_in", True),
        ({}, "expected", False),  # a booking says who may come
        ({"status": "pending"}, "expected", False),
        ({"attendees": None, "persons": 18}, "unknown", False),
        ({"attendees": None, "persons": 18, "status": "checked_in"}, "unknown", True),
    ],
)
def test_what_a_booking_tells_of_its_people(facts, sort, is_here, house):
    [line] = lines_now([booking("ROOM", **facts)], (), house, NOW)
    assert (line.sort, line.is_here) == (sort, is_here)


def test_at_a_desk_one_sits_though_nobody_said_so(house):
    [line] = lines_now([booking("DESK-1", attendees=None, persons=1, status="checked_in")], (), house, NOW)
    assert (line.sort, line.persons) == ("checked_in", 1)


def test_the_counted_are_those_beyond_who_checked_in_and_the_expected_may_be_among_them(house):
    here = [booking("OPEN", 1, status="checked_in", attendees=3, persons=3), booking("OPEN", 2, attendees=6, persons=6)]
    found = crowd(lines_now(here, [LiveCount.made("OPEN", 10, NOW)], house, NOW))
    assert found.persons == {"checked_in": 3, "counted": 7, "expected": 6, "unknown": 0}
    assert (found.here, found.at_most) == (10, 10)


def test_people_expected_elsewhere_come_on_top(house):
    found = crowd(
        lines_now(
            [booking("ROOM"), booking("OPEN", 2, attendees=9, persons=9)], [LiveCount.made("OPEN", 5, NOW)], house, NOW
        )
    )
    assert (found.here, found.at_most) == (5, 13)


def test_each_number_says_since_when(house):
    came = NOW - timedelta(minutes=20)
    lines = lines_now(
        [booking("ROOM", 1, status="checked_in", checked_in_at=came), booking("LEFT", 2)],
        [LiveCount.made("OPEN", 5, NOW - timedelta(minutes=25)), LiveCount.made("COFFEE", 2, NOW)],
        house,
        NOW,
    )
    assert crowd(lines).since == {
        "checked_in": came,
        "expected": NOW - HOUR,
        "counted": NOW - timedelta(minutes=25),
    }  # no better than the oldest


def test_who_sees_only_that_a_place_is_taken_does_not_learn_whether_anybody_came(house):
    secret = booking(
        "BOOTH",
        service="SOCIAL",
        service_is_private=True,
        organisation="OCMW",
        status="checked_in",
        wheelchair=1,
        attendees=None,
        persons=4,
    )
    viewer = Viewer.of(person("bram"), house)
    [line] = lines_now([secret], (), house, NOW, viewer)
    assert (line.sort, line.is_here, line.wheelchair, line.name, line.since) == ("unknown", False, 0, None, NOW - HOUR)
    [line] = lines_now([secret], (), house, NOW, replace(viewer, person=person("gerda", roles="receptionist")))
    assert line.is_here


@pytest.mark.parametrize(
    ("facts", "is_named"),
    [
        ({"status": "checked_in"}, True),
        ({"status": "confirmed"}, False),  # nobody looks for who did not come
        ({"status": "checked_in", "service_is_private": True}, False),
        ({"status": "checked_in", "organisation": "OCMW"}, False),  # professional secrecy
    ],
)
def test_an_evacuation_list_names_only_whom_one_must_find(facts, is_named, house):
    one = booking("ROOM", evacuation_buddy="bram", wheelchair=1, **facts)
    assert may_be_named_for_rescue(house, one) is is_named
    [line] = lines_now([one], (), house, NOW)
    assert (line.name, line.buddy, line.wheelchair) == (("Ann", "bram", 1) if is_named else (None, None, 1))
    [line] = lines_now([one], (), house, NOW, Viewer.of(ANN, house))
    assert line.name is None  # nor does any other page, whoever looks


def test_the_list_goes_by_floor_zone_and_space_and_every_zone_is_searched(house):
    lines = lines_now([booking("ROOM", 1), booking("BOOTH", 2), booking("DESK-1", 3)], (), house, NOW)
    assert [line.space for line in lines] == ["BOOTH", "DESK-1", "ROOM"]
    listed = to_clear(lines, "AC", house)
    assert {line.zone for line in listed if line.is_zone} == set(house.zones)


def test_what_came_of_it_counts_people_and_leaves_groups_of_unknown_size_apart():
    def line(key: str, sort: str, persons: int, mark: str = "", missing: int = 0) -> ToClear:
        return ToClear(key, sort, "HAL", "ROOM", persons, mark=Mark(mark, missing, NOW, "Farid") if mark else None)

    found = outcome(
        [
            line("a", "checked_in", 14, "missing", 2),
            line("b", "expected", 9, "out"),
            line("c", "unknown", 18, "out"),
            line("d", "counted", 5),
            line("e", "expected", 3, "empty"),
            line("z", "zone", 0, "empty"),
            line("y", "zone", 0),
        ]
    )
    assert (found.out, found.missing, found.groups_out, found.empty) == (12 + 9, 2, 1, 1)
    assert (found.lines_done, found.lines, found.zones_done, found.zones) == (4, 5, 1, 2)
    assert found.unsettled == Unsettled(2, 1, 1)

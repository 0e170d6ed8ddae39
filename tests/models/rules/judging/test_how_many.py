"""How many, and who is there already: places, head counts, double bookings, one desk each (R01-R08, R09, R10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.rules.house.house import Rule
from tests.models.rules.builders import (
    ALWAYS,
    ANN,
    WORKING_DAYS,
    codes,
    hours,
    house,
    judged,
    minutes,
    person,
    taken,
    wanted,
    why_not,
)

BRAM = person("bram")


@pytest.mark.parametrize(
    ("policy", "attendees", "limit", "rule"),
    [
        ({}, 10, None, None),
        ({}, 11, 10, "R01"),
        ({"ceiling": 6}, 7, 6, "R01"),  # a ceiling is the layout's limit too
        ({"ceiling": 12}, 11, 10, "R01"),
        ({"fire_max": 8}, 9, 8, "R02"),
        ({"ventilation_m3h": 319}, 8, 7, "R08"),  # 40 cubic metres each, rounded down
        ({"ventilation_m3h": 319, "air_level": "B"}, 11, 10, "R01"),  # 25 each: air for 12
        ({"ventilation_m3h": 0}, 1, 0, "R08"),
        ({"percent": 50}, 6, 5, "R09"),
        ({"percent": 55}, 6, 5, "R09"),  # rounded down
        ({"fire_max": 10, "ventilation_m3h": 400}, 11, 10, "R01"),  # equal: R01, then R02, R08, R09
        ({"fire_max": 8, "ventilation_m3h": 320, "percent": 80}, 9, 8, "R02"),
        ({"ventilation_m3h": 320, "percent": 80}, 9, 8, "R08"),
        ({"fire_max": 9, "ventilation_m3h": 320, "percent": 70}, 99, 7, "R09"),
        ({"ceiling": 0}, None, 0, "R01"),  # nobody knows how many: one at least
    ],
)
def test_the_strictest_limit_binds_and_is_named_alone(policy, attendees, limit, rule):
    verdict = judged(house({"ROOM": policy}), wanted("ROOM", "09:00", "10:00", attendees=attendees))
    found = [(each.code, each.limit, each.actual, each.rule) for each in verdict.refusals]
    assert found == ([("too_many_people", limit, attendees or 1, rule)] if rule else [])


def test_the_limit_is_that_of_the_layout_asked_for():
    where = house({"ROOM": {"ventilation_m3h": 600}})
    assert why_not(where, wanted("ROOM", "09:00", "10:00", attendees=15, layout="theatre")) == set()
    [refusal] = judged(where, wanted("ROOM", "09:00", "10:00", attendees=16, layout="theatre")).refusals
    assert (refusal.limit, refusal.rule) == (15, "R08")
    assert why_not(where, wanted("ROOM", "09:00", "10:00", attendees=5, layout="ushape")) == {"layout_not_offered"}


@pytest.mark.parametrize(
    ("parameter", "applies_to", "places"),
    [
        ("100", (), 10),
        ("50", (), 5),
        ("33", (), 3),
        ("0", (), 0),
        ("50", ("AC",), 5),
        ("50", ("HAL",), 10),
        (None, (), 10),
        ("half", (), 10),
    ],
)
def test_r09_the_percentage_in_force_cuts_every_layout(parameter, applies_to, places):
    where = house(rules=[Rule("R09", "percent", parameter, frozenset(applies_to))])
    assert where.policy("ROOM", date(2027, 3, 8)).effective_capacity() == places


def test_r09_is_a_share_of_the_layout_whatever_ceiling_lies_above_it():
    where = house({"ROOM": {"ceiling": 6}}, rules=[Rule("R09", "percent", "50")])
    assert where.policy("ROOM", date(2027, 3, 8)).places("boardroom").limit == 5


def test_r09_at_half_every_second_desk_of_a_zone_is_used():
    where = house(rules=[Rule("R09", "percent", "50")])
    assert why_not(where, wanted("DESK-1", "07:00", "12:30")) == {"too_many_people"}
    assert why_not(where, wanted("DESK-2", "07:00", "12:30")) == set()


def test_r09_holds_from_its_own_date():
    where = house()
    where = replace(
        where,
        rules={"R09": ((ALWAYS, Rule("R09", "percent", "100")), (date(2027, 3, 9), Rule("R09", "percent", "50")))},
    )
    assert why_not(where, wanted("ROOM", "09:00", "10:00", attendees=8)) == set()
    assert why_not(where, wanted("ROOM", "2027-03-09T09:00", "10:00", attendees=8)) == {"too_many_people"}


@pytest.mark.parametrize(
    ("space", "start", "end", "other", "why"),
    [
        ("ROOM", "09:00", "10:00", ("ROOM", "10:00", "11:00"), None),  # back to back
        ("ROOM", "09:00", "10:00", ("ROOM", "09:45", "11:00"), "space_taken"),
        ("ROOM", "09:00", "10:00", ("ROOM", "08:00", "12:00"), "space_taken"),
        ("ROOM", "09:00", "10:00", ("LEFT", "09:00", "10:00"), None),
        ("LEFT-RIGHT", "09:00", "10:00", ("LEFT", "09:00", "10:00"), "space_taken"),  # both parts
        ("LEFT-RIGHT", "09:00", "10:00", ("RIGHT", "09:00", "10:00"), "space_taken"),
        ("RIGHT", "09:00", "10:00", ("LEFT-RIGHT", "09:00", "10:00"), "space_taken"),
        ("RIGHT", "09:00", "10:00", ("LEFT", "09:00", "10:00"), None),
        ("LEFT-RIGHT", "09:00", "10:00", ("LEFT-RIGHT", "10:00", "11:00"), None),
    ],
)
def test_r06_an_exclusive_space_is_booked_once_at_a_time_with_its_parts(space, start, end, other, why):
    assert why_not(house(), wanted(space, start, end), taken(*other)) == ({why} if why else set())


@pytest.mark.parametrize(
    ("first", "second", "gap", "why"),
    [
        ({"buffer_after": minutes(30)}, {}, 15, "space_taken"),
        ({"buffer_after": minutes(30)}, {}, 30, None),
        ({}, {"buffer_before": minutes(30)}, 15, "space_taken"),
        ({}, {"buffer_before": minutes(30)}, 30, None),
        ({"buffer_after": minutes(15)}, {"buffer_before": minutes(30)}, 30, None),  # the larger, not the sum
        ({"buffer_after": minutes(30)}, {"buffer_before": minutes(15)}, 15, "space_taken"),
        ({"buffer_before": minutes(60)}, {"buffer_after": minutes(60)}, 0, None),  # the outer ends do not meet
    ],
)
@pytest.mark.parametrize("new_comes_first", [True, False])
def test_r06_between_two_bookings_lies_the_larger_of_both_buffers(first, second, gap, why, new_comes_first):
    """LEFT comes first, the whole of both second; whichever of them is the new one."""
    where = house({"LEFT": first, "LEFT-RIGHT": second})
    early, late = ("LEFT", "09:00", "10:00"), ("LEFT-RIGHT", f"10:{gap:02}", "12:00")
    new, standing = (early, late) if new_comes_first else (late, early)
    assert why_not(where, wanted(*new), taken(*standing)) == ({why} if why else set())


def test_r06_buffers_count_no_people_and_may_lie_outside_the_hours():
    where = house({"ROOM": {"buffer_before": minutes(60), "buffer_after": minutes(60)}}, limits={"VER": 10})
    assert why_not(where, wanted("ROOM", "07:00", "08:00", attendees=6), taken("LEFT", "08:00", "09:00", 6)) == set()
    assert why_not(where, wanted("ROOM", "18:00", "19:00", attendees=6)) == set()


@pytest.mark.parametrize(
    ("wish", "standing", "why"),
    [
        ({"attendees": 5}, [(15, False)], None),  # twenty places, to the last
        ({"attendees": 6}, [(15, False)], "shared_space_full"),
        ({"attendees": 4}, [(8, False), (8, False)], None),
        ({"attendees": 5}, [(8, False), (8, False)], "shared_space_full"),
        ({"attendees": 21}, [], "too_many_people"),  # alone above it: others have no part in that
        ({"attendees": 21}, [(15, False)], "too_many_people"),
        ({"attendees": 1, "exclusive": True}, [(1, False)], "space_taken"),
        ({"attendees": 1}, [(1, True)], "space_taken"),  # somebody has it alone
    ],
)
def test_a_shared_space_is_filled_by_people_unless_somebody_has_it_alone(wish, standing, why):
    others = [
        taken("OPEN", "09:30", "10:30", persons, apart=apart, number=number)
        for number, (persons, apart) in enumerate(standing, start=1)
    ]
    assert why_not(house(), wanted("OPEN", "09:00", "10:00", **wish), *others) == ({why} if why else set())


def test_a_shared_space_has_no_buffers():
    where = house({"OPEN": {"buffer_before": minutes(30), "buffer_after": minutes(30)}})
    wish = wanted("OPEN", "10:00", "11:00", exclusive=True)
    assert why_not(where, wish, taken("OPEN", "09:00", "10:00", 15)) == set()


@pytest.mark.parametrize(
    ("scope", "code", "rule"),
    [("VER", "zone_full", "R03"), ("F1", "floor_full", "R04"), ("AC", "building_full", "R05")],
)
@pytest.mark.parametrize(
    ("limit", "standing", "actual", "status"),
    [
        (12, [("LEFT", 4)], None, 201),
        (12, [("LEFT", 5)], 13, 409),  # others leave too little room
        (7, [("LEFT", 5)], 13, 422),  # it would not fit alone either
        (7, [], 8, 422),
        (0, [], 8, 422),
        (12, [("LEFT", 4), ("RIGHT", 3)], 15, 409),
    ],
)
def test_a_zone_floor_and_building_hold_so_many_people_at_once(scope, code, rule, limit, standing, actual, status):
    others = [
        taken(space, "09:30", "10:30", persons, number=number)
        for number, (space, persons) in enumerate(standing, start=1)
    ]
    verdict = judged(house(limits={scope: limit}), wanted("ROOM", "09:00", "10:00", attendees=8), *others)
    assert verdict.status == status
    assert [(each.code, each.rule, each.limit, each.actual) for each in verdict.refusals] == (
        [(code, rule, limit, actual)] if actual else []
    )


@pytest.mark.parametrize(
    ("others", "actual"),
    [
        ([("09:00", "09:30", 5), ("09:30", "10:00", 5)], None),  # one after the other: five at a time
        ([("09:00", "09:45", 5), ("09:30", "10:00", 5)], 18),  # together for a quarter
        ([("08:00", "09:00", 9), ("10:00", "11:00", 9)], None),  # gone as it starts, come as it ends
        ([("08:00", "12:00", 4)], None),
        ([("09:59", "10:01", 6)], 14),  # a minute is enough
    ],
)
def test_a_head_count_is_the_peak_at_any_instant_of_the_booking(others, actual):
    spaces = ("LEFT", "RIGHT")
    standing = [taken(spaces[n], start, end, persons, number=n + 1) for n, (start, end, persons) in enumerate(others)]
    verdict = judged(house(limits={"VER": 13}), wanted("ROOM", "09:00", "10:00", attendees=8), *standing)
    assert [each.actual for each in verdict.refusals] == ([actual] if actual else [])


def test_a_place_counts_only_who_is_in_it():
    standing = [taken("OPEN", "09:00", "10:00", 19, number=1), taken("DESK-1", "07:00", "12:30", 1, number=2)]
    wish = wanted("ROOM", "09:00", "10:00", attendees=8)
    assert why_not(house(limits={"VER": 8}), wish, *standing) == set()
    assert why_not(house(limits={"F1": 9}), wish, *standing) == set()
    assert why_not(house(limits={"F1": 8}), wish, *standing) == {"floor_full"}  # the desk is on this floor
    assert why_not(house(limits={"AC": 27}), wish, *standing) == {"building_full"}


def test_unknown_attendance_fills_a_zone_with_the_places_of_the_layout():
    where = house({"ROOM": {"ventilation_m3h": 320}}, limits={"VER": 8})
    assert why_not(where, wanted("ROOM", "09:00", "10:00")) == set()
    assert why_not(where, wanted("ROOM", "09:00", "10:00"), taken("LEFT", "09:00", "10:00", 1)) == {"zone_full"}


def test_a_limit_is_that_of_the_bookings_own_date():
    where = replace(house(), limits={("zone", "VER"): ((ALWAYS, 20), (date(2027, 3, 9), 5), (date(2027, 3, 10), None))})
    for day, why in (("2027-03-08", set()), ("2027-03-09", {"zone_full"}), ("2027-03-10", set())):
        assert why_not(where, wanted("ROOM", f"{day}T09:00", "10:00", attendees=8)) == why


@pytest.mark.parametrize(
    ("attendees", "minimum", "warned"), [(2, 3, True), (3, 3, False), (None, 3, False), (1, 1, False)]
)
def test_r07_few_people_in_a_large_room_are_remarked_on(attendees, minimum, warned):
    verdict = judged(house({"ROOM": {"min_attendees": minimum}}), wanted("ROOM", "09:00", "10:00", attendees=attendees))
    assert verdict.accepted
    assert [(each.code, each.limit, each.actual) for each in verdict.warnings] == (
        [("few_people", minimum, attendees)] if warned else []
    )


@pytest.mark.parametrize(
    ("space", "start", "end", "why"),
    [
        ("DESK-2", "07:00", "12:30", {"person_busy"}),
        ("DESK-2", "12:30", "19:00", set()),
        ("DESK-2", "07:00", "19:00", {"person_busy"}),
        ("DESK-1", "07:00", "12:30", {"person_busy", "space_taken"}),
        ("ROOM", "09:00", "10:00", set()),  # who has a desk may meet
    ],
)
def test_r10_a_person_has_one_desk_in_a_half_day(space, start, end, why):
    own = taken("DESK-1", "07:00", "12:30", organiser=ANN)
    assert why_not(house(), wanted(space, start, end), own) == why
    assert "person_busy" not in why_not(house(), wanted(space, start, end, BRAM), own)


def test_r10_the_half_day_counts_whole_where_two_zones_have_other_hours():
    rows = [
        *hours("building", "AC", "07:00", "19:00", "staff_access", WORKING_DAYS),
        *hours("space", "DESK-2", "10:00", "12:30", "staff_access", WORKING_DAYS),
    ]
    own = taken("DESK-1", "07:00", "10:00", organiser=ANN)
    assert why_not(house(rows=rows), wanted("DESK-2", "07:00", "12:30"), own) == {"person_busy"}


def test_somebody_named_in_two_talks_at_once_is_remarked_on():
    talk = taken("BOOTH", "09:00", "12:00", organiser=ANN)
    verdict = judged(house(), wanted("BOOTH", "09:00", "09:30", attendees=2), talk)
    assert codes(verdict.refusals) == {"space_taken"}
    assert codes(verdict.warnings) == {"staff_busy", "alone"}
    assert codes(judged(house(), wanted("BOOTH", "13:00", "13:30", attendees=2), talk).warnings) == {"alone"}
    assert judged(house(), wanted("ROOM", "09:00", "09:30", attendees=2), talk).warnings == ()
    duty = taken("COUNTER", "09:00", "12:00", organiser=ANN)
    assert codes(judged(house(), wanted("BOOTH", "09:00", "09:30", attendees=2), duty).warnings) == {"alone"}


def test_neither_is_told_to_a_booker_whose_business_it_is_not():
    desk = taken("DESK-1", "07:00", "12:30", organiser=ANN)
    untold = frozenset({"person_busy", "staff_busy"})
    assert why_not(house(), wanted("DESK-2", "07:00", "12:30", untold=untold), desk) == set()
    talk = taken("BOOTH", "09:00", "12:00", organiser=ANN)
    wish = wanted("BOOTH", "09:00", "09:30", attendees=2, untold=untold)
    assert codes(judged(house(), wish, talk).warnings) == {"alone"}

"""When: grid, length, horizon, hours and closures, evenings, breaks, desks by half-days (R14, R15, R22)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from models.rules.house.house import Rule
from models.rules.judging.when import horizon
from models.rules.times.hours import Closure
from models.rules.times.interval import Interval
from tests.models.rules.builders import (
    ANN,
    BRUSSELS,
    CARETAKER,
    KAAT,
    NOW,
    USUAL_HOURS,
    at,
    during,
    hours,
    house,
    judged,
    person,
    taken,
    wanted,
    why_not,
)

EVERY_DAY = range(1, 8)


@pytest.mark.parametrize(
    ("slot", "start", "end", "why"),
    [
        (15, "09:00", "09:45", None),
        (15, "09:05", "09:45", "off_grid"),
        (15, "09:00", "09:50", "off_grid"),
        (15, "09:00:30", "10:00", "off_grid"),
        (30, "09:15", "10:15", "off_grid"),
        (30, "09:30", "10:30", None),
        (120, "08:00", "10:00", None),  # counted from midnight, not from when the doors open
        (120, "09:00", "11:00", "off_grid"),
    ],
)
def test_start_and_end_lie_on_the_grid_counted_from_midnight(slot, start, end, why):
    where = house({"ROOM": {"slot_minutes": slot}})
    assert why_not(where, wanted("ROOM", start, end)) == ({why} if why else set())


def test_the_grid_is_that_of_the_wall_whatever_the_clocks_have_done():
    where = house(
        {"ROOM": {"slot_minutes": 240, "advance_days": 365}},
        rows=hours("building", "AC", "00:00", "24:00", "staff_access", EVERY_DAY),
    )
    for day in ("2027-03-28", "2027-10-31"):
        assert why_not(where, wanted("ROOM", f"{day}T08:00", "12:00")) == set()
        assert "off_grid" in why_not(where, wanted("ROOM", f"{day}T09:00", "13:00"))
    assert why_not(where, wanted("ROOM", "2027-03-27T20:00", "2027-03-28T00:00")) == set()


@pytest.mark.parametrize(
    ("start", "end", "code", "limit", "actual"),
    [
        ("09:00", "09:15", "too_short", 30, 15),
        ("09:00", "09:30", None, None, None),
        ("09:00", "11:00", None, None, None),
        ("09:00", "11:15", "too_long", 120, 135),
    ],
)
def test_a_booking_is_neither_too_short_nor_too_long(start, end, code, limit, actual):
    where = house({"ROOM": {"min_minutes": 30, "max_minutes": 120}})
    found = [(each.code, each.limit, each.actual) for each in judged(where, wanted("ROOM", start, end)).refusals]
    assert found == ([(code, limit, actual)] if code else [])


@pytest.mark.parametrize(
    ("start", "why"),
    [
        ("2027-06-01T09:00", None),  # now + 90 days, to the minute
        ("2027-06-01T09:15", "too_far_ahead"),
        ("2027-06-01T08:45", None),
    ],
)
def test_a_start_lies_at_most_so_many_days_ahead(start, why):
    wish = wanted("ROOM", start, "10:00")
    assert why_not(house(), wish) == ({why} if why else set())


def test_a_day_ahead_is_a_date_ahead_though_the_night_has_23_or_25_hours():
    for today, tomorrow in (("2027-03-27T09:00", "2027-03-28T09:00"), ("2027-10-30T09:00", "2027-10-31T09:00")):
        assert horizon(at(today), 1, BRUSSELS) == at(tomorrow)


@pytest.mark.parametrize(
    ("now", "start", "why"),
    [
        ("09:14", "09:00", None),  # the quarter that is running may still be booked
        ("09:15", "09:00", "in_the_past"),  # it is over
        ("09:15", "09:15", None),
        ("12:00", "09:00", "in_the_past"),
    ],
)
def test_a_quarter_that_is_over_can_no_longer_be_booked(now, start, why):
    assert why_not(house(), wanted("ROOM", start, "10:00"), now=at(now)) == ({why} if why else set())


@pytest.mark.parametrize(
    ("now", "start", "end", "why"),
    [
        ("12:29", "07:00", "12:30", None),  # the half-day that is running
        ("12:30", "07:00", "12:30", "in_the_past"),
        ("12:30", "12:30", "19:00", None),
        ("18:59", "12:30", "19:00", None),
        ("12:30", "07:00", "19:00", "in_the_past"),  # the block in which it starts is over
    ],
)
def test_a_half_day_that_is_over_can_no_longer_be_booked(now, start, end, why):
    assert why_not(house(), wanted("DESK-1", start, end), now=at(now)) == ({why} if why else set())


def test_of_a_change_past_and_horizon_are_judged_only_where_the_start_changes():
    late, far = at("18:00"), NOW
    assert why_not(house(), wanted("ROOM", "09:00", "10:00", start_changes=False), now=late) == set()
    assert why_not(house(), wanted("ROOM", "2027-07-01T09:00", "10:00", start_changes=False), now=far) == set()
    assert why_not(house(), wanted("ROOM", "09:00", "10:00"), now=late) == {"in_the_past"}


@pytest.mark.parametrize(
    ("organiser", "space", "start", "end", "why"),
    [
        (ANN, "ROOM", "07:00", "08:00", None),
        (ANN, "ROOM", "06:45", "07:15", "outside_hours"),
        (ANN, "ROOM", "18:00", "19:00", None),
        (ANN, "ROOM", "18:00", "19:15", "outside_hours"),  # no evenings here
        (ANN, "ROOM", "2027-03-07T09:00", "10:00", "outside_hours"),  # a Sunday
        (KAAT, "SALON", "08:30", "09:30", None),
        (KAAT, "SALON", "08:15", "09:30", "outside_hours"),  # residents come later than staff
        (KAAT, "ROOM", "09:00", "10:00", "outside_hours"),  # a zone without public hours is closed to them
        (ANN, "BOOTH", "08:30", "09:00", None),  # a talk is with residents, whoever books it
        (ANN, "BOOTH", "08:00", "09:00", "outside_hours"),
        (ANN, "COUNTER", "17:00", "18:00", None),
        (ANN, "COUNTER", "17:00", "18:15", "outside_hours"),
        (ANN, "OPEN", "07:00", "08:00", None),  # staff among themselves
    ],
)
def test_r14_a_booking_lies_wholly_inside_one_stretch_open_to_its_booker(organiser, space, start, end, why):
    assert why_not(house(), wanted(space, start, end, organiser)) == ({why} if why else set())


@pytest.mark.parametrize(
    ("rows", "start", "end", "why"),
    [
        (
            [("building", "AC", "07:00", "12:00"), ("building", "AC", "13:00", "19:00")],
            "11:00",
            "14:00",
            "outside_hours",
        ),
        ([("building", "AC", "07:00", "12:00"), ("building", "AC", "12:00", "19:00")], "11:00", "14:00", None),
        ([("building", "AC", "07:00", "19:00"), ("zone", "VER", "09:00", "17:00")], "08:00", "09:00", "outside_hours"),
        ([("building", "AC", "07:00", "19:00"), ("zone", "VER", "06:00", "17:00")], "06:00", "09:00", None),
        ([("zone", "VER", "09:00", "17:00"), ("space", "ROOM", "07:00", "08:00")], "09:00", "10:00", "outside_hours"),
        ([("zone", "HAL", "07:00", "08:00")], "09:00", "10:00", "outside_hours"),  # nobody said when it is open
    ],
)
def test_r14_the_nearest_scope_with_hours_decides_and_stretches_that_touch_are_one(rows, start, end, why):
    where = house(
        rows=[row for scope, code, opens, closes in rows for row in hours(scope, code, opens, closes, "staff_access")]
    )
    assert why_not(where, wanted("ROOM", start, end)) == ({why} if why else set())


def test_r14_a_space_with_hours_on_other_days_only_is_closed_whatever_its_building_says():
    where = house(rows=[*USUAL_HOURS, *hours("space", "ROOM", "09:00", "17:00", "staff_access", [2])])
    assert why_not(where, wanted("ROOM", "09:00", "10:00")) == {"outside_hours"}
    assert why_not(where, wanted("ROOM", "2027-03-09T09:00", "10:00")) == set()


CLOSED = Closure(date(2027, 3, 8), "public_holiday", None, None, frozenset({"GEM"}), "Feest")
HALF = Closure(date(2027, 3, 8), "half_day", 8 * 60 + 30, 12 * 60, frozenset({"GEM"}), "Halve dag")
OCMW = person("els", "OCMW")


@pytest.mark.parametrize(
    ("closure", "organiser", "start", "end", "why"),
    [
        (CLOSED, ANN, "09:00", "10:00", "organisation_closed"),
        (CLOSED, ANN, "05:00", "06:00", "organisation_closed"),  # not outside_hours, though it is that too
        (CLOSED, OCMW, "09:00", "10:00", None),  # others may
        (CLOSED, ANN, "2027-03-09T09:00", "10:00", None),
        (CLOSED, ANN, "2027-03-07T23:00", "2027-03-08T00:30", "organisation_closed"),  # touches it
        (CLOSED, ANN, "2027-03-07T22:00", "2027-03-08T00:00", "outside_hours"),  # ends as it begins
        (HALF, ANN, "08:30", "12:00", None),
        (HALF, ANN, "08:15", "09:00", "organisation_closed"),
        (HALF, ANN, "11:00", "12:15", "organisation_closed"),
        (HALF, ANN, "14:00", "15:00", "organisation_closed"),
        (HALF, OCMW, "14:00", "15:00", None),
    ],
)
def test_r14_no_booking_touches_a_closure_of_its_own_organisation(closure, organiser, start, end, why):
    assert why_not(house(closures=[closure]), wanted("ROOM", start, end, organiser)) == ({why} if why else set())


@pytest.mark.parametrize(
    ("organiser", "start", "end", "key_holder", "why"),
    [
        (ANN, "18:00", "19:00", None, set()),  # ordinary hours
        (ANN, "18:00", "20:00", CARETAKER, set()),  # half of it an evening
        (ANN, "18:00", "20:00", None, {"key_holder_needed"}),
        (ANN, "18:00", "20:00", ANN, {"key_holder_needed"}),  # she holds no keys
        (ANN, "18:00", "20:00", person("olga", roles="caretaker", active=False), {"key_holder_needed"}),
        (ANN, "18:00", "20:00", person("farid", roles="facility_manager"), set()),
        (KAAT, "17:00", "18:00", None, set()),  # within the public's hours
        (KAAT, "17:30", "18:30", None, {"key_holder_needed"}),  # for residents the evening begins at six
        (KAAT, "17:30", "18:30", CARETAKER, set()),
        (ANN, "20:00", "23:00", CARETAKER, set()),
        (ANN, "20:00", "23:15", CARETAKER, {"too_late_at_night"}),  # instead of outside_hours
        (ANN, "22:00", "2027-03-09T00:30", CARETAKER, {"too_late_at_night"}),
        (ANN, "23:00", "23:30", CARETAKER, {"too_late_at_night"}),
        (ANN, "20:00", "23:15", None, {"too_late_at_night", "key_holder_needed"}),  # an evening booking all the same
        (ANN, "06:00", "23:15", CARETAKER, {"outside_hours", "too_long"}),  # starts before anybody is there
        (ANN, "2027-03-07T20:00", "2027-03-07T23:15", CARETAKER, {"outside_hours"}),  # no evenings on Sunday
        (ANN, "2027-03-06T18:00", "2027-03-06T22:00", CARETAKER, set()),  # a Saturday: evening only
        (ANN, "2027-03-06T17:00", "2027-03-06T22:00", CARETAKER, {"outside_hours"}),
    ],
)
def test_r22_an_evening_needs_a_key_holder_and_ends_by_eleven(organiser, start, end, key_holder, why):
    assert why_not(house(), wanted("SALON", start, end, organiser, key_holder=key_holder)) == why


def test_r22_where_no_evenings_are_allowed_the_hours_simply_end():
    assert why_not(house(), wanted("ROOM", "20:00", "23:15", key_holder=CARETAKER)) == {"outside_hours"}


def test_r22_ends_by_eleven_though_the_evening_hours_go_on_and_by_what_the_rule_says():
    late = hours("building", "AC", "18:00", "24:00", "after_hours", EVERY_DAY)
    wish = wanted("SALON", "20:00", "23:15", key_holder=CARETAKER)
    [refusal] = judged(house(rows=[*USUAL_HOURS, *late]), wish).refusals
    assert (refusal.code, refusal.limit) == ("too_late_at_night", "23:00")
    early = house(rules=[Rule("R22", parameter="22:00")])
    assert why_not(early, wanted("SALON", "20:00", "22:15", key_holder=CARETAKER)) == {"too_late_at_night"}
    assert why_not(early, wanted("SALON", "20:00", "22:00", key_holder=CARETAKER)) == set()


@pytest.mark.parametrize(
    ("space", "exclusive", "start", "end", "why"),
    [
        ("COFFEE", False, "10:00", "10:30", None),  # shared bookings are welcome
        ("COFFEE", True, "10:00", "10:30", "protected_break"),
        ("COFFEE", True, "14:00", "15:00", "protected_break"),  # never taken by one group, at no hour
        ("OPEN", True, "10:00", "10:30", None),  # another space's break
    ],
)
def test_r15_nobody_takes_a_place_alone_during_a_protected_break(space, exclusive, start, end, why):
    assert why_not(house(), wanted(space, start, end, exclusive=exclusive)) == ({why} if why else set())


@pytest.mark.parametrize(("severity", "refused"), [("hard", True), ("warn", False)])
@pytest.mark.parametrize(
    ("start", "end", "touches"),
    [
        ("11:00", "11:45", False),
        ("11:00", "12:00", True),
        ("13:00", "14:00", True),
        ("13:30", "14:30", False),
    ],
)
def test_r15_holds_where_hours_say_so_and_as_hard_as_the_rule(start, end, touches, severity, refused):
    rows = [*USUAL_HOURS, *hours("space", "OPEN", "11:45", "13:30", "protected_break")]
    where = house(rows=rows, rules=[Rule("R15", severity=severity, applies_to=frozenset({"COFFEE"}))])
    verdict = judged(where, wanted("OPEN", start, end, exclusive=True))
    found = [each.code for each in (verdict.refusals if refused else verdict.warnings)]
    assert found == (["protected_break"] if touches else [])


@pytest.mark.parametrize(
    ("start", "end", "booked", "why"),
    [
        ("07:00", "12:30", ("07:00", "12:30"), None),
        ("12:30", "19:00", ("12:30", "19:00"), None),
        ("07:00", "19:00", ("07:00", "19:00"), None),
        ("09:00", "12:00", None, "off_grid"),  # neither a half-day nor both
        ("07:00", "12:45", None, "off_grid"),
        ("12:30", "12:45", None, "off_grid"),  # instead of too_short
    ],
)
def test_a_desk_is_booked_by_half_days(start, end, booked, why):
    verdict = judged(house(), wanted("DESK-1", start, end))
    assert [each.code for each in verdict.refusals] == ([why] if why else [])
    assert booked is None or verdict.during == during(*booked)


@pytest.mark.parametrize(
    ("block", "booked", "why"),
    [
        (("07:00", "12:30"), ("08:30", "12:00"), None),  # only the part inside the hours is used
        (("12:30", "19:00"), None, "organisation_closed"),
        (("07:00", "19:00"), ("08:30", "12:00"), None),
        (("08:30", "12:00"), ("08:30", "12:00"), None),  # asking for just that part means the block
    ],
)
def test_of_a_half_day_only_the_part_inside_the_hours_is_used(block, booked, why):
    verdict = judged(house(closures=[HALF]), wanted("DESK-1", *block))
    assert [each.code for each in verdict.refusals] == ([why] if why else [])
    assert booked is None or verdict.during == during(*booked)


def test_a_half_day_outside_all_hours_is_refused_for_the_hours():
    where = house(rows=hours("building", "AC", "07:00", "12:30", "staff_access"))
    assert why_not(where, wanted("DESK-1", "12:30", "19:00")) == {"outside_hours"}
    assert why_not(where, wanted("DESK-1", "2027-03-07T07:00", "12:30")) == {"outside_hours"}  # a Sunday


def test_the_nights_in_which_the_clocks_change_have_the_hours_that_the_wall_shows():
    """Until the clocks go forward at two, 00:00-06:00 has five hours; until they go back at three, seven."""
    where = house(
        {"ROOM": {"slot_minutes": 60, "advance_days": 365}},
        rows=hours("building", "AC", "01:00", "06:00", "staff_access", EVERY_DAY),
    )
    for day, opens, closes in (
        ("2027-03-28", "2027-03-28T01:00+01:00", "2027-03-28T06:00+02:00"),
        ("2027-10-31", "2027-10-31T01:00+02:00", "2027-10-31T06:00+01:00"),
    ):
        wish = wanted("ROOM", f"{day}T01:00", "06:00")
        assert wish.during == Interval(datetime.fromisoformat(opens), datetime.fromisoformat(closes))
        assert why_not(where, wish) == set()
        assert why_not(where, wanted("ROOM", f"{day}T00:00", "06:00")) == {"outside_hours"}
        assert why_not(where, wanted("ROOM", f"{day}T01:00", "07:00")) == {"outside_hours"}
    spring = judged(where, wanted("ROOM", "2027-03-28T01:00", "06:00"), taken("LEFT", "09:00", "10:00"))
    assert spring.during.length.total_seconds() == 4 * 3600

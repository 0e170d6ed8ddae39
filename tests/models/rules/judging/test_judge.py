"""The whole verdict: who may come in at all, how hard each rule holds, whose word is needed, what is answered how."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.rules.house.house import Building, Names, Rule, Zone
from models.rules.refusals import REASONS, Refused, refusal, status_of
from tests.models.rules.builders import (
    ANN,
    CARETAKER,
    KAAT,
    codes,
    house,
    judged,
    person,
    taken,
    wanted,
    why_not,
)

# The contract's two lists. Whoever adds a code puts it in one of them.
CLASHES = {
    "space_taken": "R06",
    "zone_full": "R03",
    "floor_full": "R04",
    "building_full": "R05",
    "shared_space_full": None,
    "person_busy": "R10",
    "quota_reached": "R17",
    "refuge_places_full": "R20",
    "changed_meanwhile": None,
}
DENIALS = {
    "too_many_people": None,
    "layout_not_offered": None,
    "off_grid": None,
    "too_short": None,
    "too_long": None,
    "too_far_ahead": None,
    "in_the_past": None,
    "outside_hours": "R14",
    "organisation_closed": "R14",
    "not_for_your_organisation": None,
    "not_in_use": None,
    "out_of_service": None,
    "panic_button_needed": "R11",
    "sightline_needed": "R12",
    "party_too_large": "R13",
    "protected_break": "R15",
    "not_accessible": "R21",
    "key_holder_needed": "R22",
    "too_late_at_night": "R22",
    "local_time_missing": None,
    "wrong_status": None,
    "not_today": None,
    "talk_goes_on": None,
}


@pytest.mark.parametrize(("code", "rule"), (CLASHES | DENIALS).items())
def test_a_code_has_the_rule_and_the_status_that_the_contract_names(code, rule):
    found = refusal(code)
    assert (found.rule, status_of([found])) == (rule, 409 if code in CLASHES else 422)


def test_no_two_lists_share_a_code_and_remarks_are_in_neither():
    remarks = set(REASONS) - set(CLASHES) - set(DENIALS)
    assert not set(CLASHES) & set(DENIALS)
    assert {"few_people", "staff_busy"} <= remarks


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        (["space_taken"], 409),
        (["space_taken", "zone_full"], 409),
        (["outside_hours"], 422),
        (["space_taken", "outside_hours"], 422),  # a mix of both kinds
    ],
)
def test_the_status_is_409_only_where_all_of_it_is_other_bookings(kinds, status):
    assert Refused([refusal(kind) for kind in kinds]).status == status


def test_every_reason_is_told_not_only_the_first():
    wish = wanted("ROOM", "06:50", "07:00", attendees=11, wheelchair=1)
    verdict = judged(house(), wish, taken("ROOM", "06:45", "07:15"))
    assert codes(verdict.refusals) == {
        "off_grid",
        "too_short",
        "outside_hours",
        "too_many_people",
        "space_taken",
        "not_accessible",
    }
    assert verdict.status == 422
    assert not verdict.accepted


@pytest.mark.parametrize(
    ("policy", "change", "why"),
    [
        ({"bookable_by": ["OCMW"]}, {}, "not_for_your_organisation"),
        ({"active": False}, {}, "out_of_service"),
        ({"bookable_by": ["OCMW"], "active": False}, {}, "not_for_your_organisation"),
        ({}, {"buildings": {"AC": Building("AC", Names(nl="x"), valid_from=date(2027, 3, 9))}}, "not_in_use"),
        ({}, {"buildings": {"AC": Building("AC", Names(nl="x"), valid_to=date(2027, 3, 7))}}, "not_in_use"),
        ({}, {"buildings": {"AC": Building("AC", Names(nl="x"), date(2027, 3, 8), date(2027, 3, 8))}}, None),
        ({}, {"zones": {"VER": Zone("VER", Names(nl="x"), "F1", "AC", valid_to=date(2027, 3, 7))}}, "not_in_use"),
    ],
)
def test_three_refusals_are_answered_alone_whatever_else_is_wrong(policy, change, why):
    where = house({"ROOM": policy})
    where = replace(where, **{name: {**getattr(where, name), **value} for name, value in change.items()})
    wish = wanted("ROOM", "05:55", "06:02", attendees=99, wheelchair=9)
    found = why_not(where, wish, taken("ROOM", "05:00", "07:00"))
    assert found == {why} if why else "too_many_people" in found


def test_an_organisation_counts_as_the_organisers_not_as_the_bookers():
    where = house({"ROOM": {"bookable_by": ["VER"]}, "BOOTH": {"bookable_by": ["GEM"]}})
    reception = person("gerda", roles="staff receptionist")
    assert "not_for_your_organisation" not in why_not(where, wanted("ROOM", "09:00", "10:00", KAAT, booker=reception))
    assert "not_for_your_organisation" in why_not(where, wanted("BOOTH", "09:00", "10:00", KAAT, booker=reception))


def test_a_composite_is_out_of_service_when_one_of_its_parts_is():
    where = house({"LEFT": {"active": False}})
    assert why_not(where, wanted("LEFT-RIGHT", "09:00", "10:00")) == {"out_of_service"}
    assert why_not(where, wanted("RIGHT", "09:00", "10:00")) == set()


@pytest.mark.parametrize(
    ("severity", "applies_to", "refused", "warned"),
    [
        ("hard", (), True, False),
        ("hard", ("VER",), True, False),  # its zone
        ("hard", ("F1", "OPEN"), True, False),  # its floor
        ("hard", ("AC",), True, False),
        ("hard", ("ROOM",), True, False),
        ("hard", ("HAL", "F0"), False, False),  # elsewhere
        ("warn", (), False, True),
        ("soft", (), False, True),
        ("warn", ("HAL",), False, False),
    ],
)
@pytest.mark.parametrize(
    ("rule", "code", "wish"),
    [
        ("R01", "too_many_people", wanted("ROOM", "09:00", "10:00", attendees=11)),
        ("R03", "zone_full", wanted("ROOM", "09:00", "10:00", attendees=9)),
        ("R07", "few_people", wanted("ROOM", "09:00", "10:00", attendees=1)),
        ("R14", "outside_hours", wanted("ROOM", "06:00", "07:00", attendees=5)),
        ("R21", "not_accessible", wanted("ROOM", "09:00", "10:00", attendees=5, wheelchair=1)),
    ],
)
def test_a_rule_refuses_warns_or_is_silent_by_its_mode_and_place(
    rule, code, wish, severity, applies_to, refused, warned
):
    where = house(
        {"ROOM": {"min_attendees": 3}},
        limits={"VER": 8},
        rules=[Rule(rule, severity=severity, applies_to=frozenset(applies_to))],
    )
    verdict = judged(where, wish)
    assert (code in codes(verdict.refusals), code in codes(verdict.warnings)) == (refused, warned)


def test_nothing_turns_a_double_booking_into_a_remark():
    where = house(rules=[Rule("R06", severity="warn", applies_to=frozenset({"HAL"}))])
    assert why_not(where, wanted("ROOM", "09:00", "10:00"), taken("ROOM", "09:00", "10:00")) == {"space_taken"}


def test_a_limit_that_only_warns_hides_no_stricter_one_that_refuses():
    policy = {"ROOM": {"fire_max": 8, "capacities": {"boardroom": 10}}}
    where = house(policy, rules=[Rule("R02", severity="warn")])
    for attendees, refused, warned in ((8, [], []), (9, [], ["R02"]), (11, ["R01"], ["R02"])):
        verdict = judged(where, wanted("ROOM", "09:00", "10:00", attendees=attendees))
        assert ([each.rule for each in verdict.refusals], [each.rule for each in verdict.warnings]) == (refused, warned)


@pytest.mark.parametrize(("severity", "applies_to"), [("warn", ()), ("hard", ("HAL",))])
def test_the_end_of_the_evening_as_a_remark_or_not_at_all_lets_nobody_in_after_hours(severity, applies_to):
    evenings, late = {"ROOM": {"after_hours_allowed": True}}, wanted("ROOM", "20:00", "23:15", key_holder=CARETAKER)
    assert why_not(house(evenings), late) == {"too_late_at_night"}
    lenient = house(evenings, rules=[Rule("R22", severity=severity, applies_to=frozenset(applies_to))])
    assert why_not(lenient, late) == {"outside_hours"}


def test_an_evening_let_through_too_late_still_waits_for_the_facility_manager():
    where = house(rules=[Rule("R22", severity="warn"), Rule("R14", severity="warn")])
    verdict = judged(where, wanted("SALON", "20:00", "23:15", key_holder=CARETAKER))
    assert (codes(verdict.warnings), verdict.approvals) == (
        {"too_late_at_night", "outside_hours"},
        {"facility_manager"},
    )


FOR_OUTSIDERS = {"approval_role": "receptionist", "approval_for": "outside"}
MANAGER, PROTOCOL = person("farid", roles="staff facility_manager"), person("hugo", roles="staff protocol_officer")


@pytest.mark.parametrize(
    ("space", "policy", "start", "end", "organiser", "more", "awaited"),
    [
        ("ROOM", {}, "09:00", "10:00", ANN, {}, set()),
        ("ROOM", {"approval_role": "protocol_officer"}, "09:00", "10:00", ANN, {}, {"protocol_officer"}),
        ("ROOM", {"approval_role": "protocol_officer"}, "09:00", "10:00", PROTOCOL, {}, set()),  # books at once
        ("ROOM", {"approval_role": "protocol_officer"}, "09:00", "10:00", ANN, {"booker": PROTOCOL}, set()),
        ("SALON", FOR_OUTSIDERS, "09:00", "10:00", ANN, {}, set()),
        ("SALON", FOR_OUTSIDERS, "09:00", "10:00", KAAT, {}, {"receptionist"}),
        ("OPEN", {}, "09:00", "10:00", ANN, {}, set()),
        ("OPEN", {}, "09:00", "10:00", ANN, {"exclusive": True}, {"facility_manager"}),  # no role is named
        ("OPEN", {}, "09:00", "10:00", MANAGER, {"exclusive": True}, set()),
        ("OPEN", FOR_OUTSIDERS, "09:00", "10:00", ANN, {"exclusive": True}, {"receptionist"}),
        ("ROOM", {}, "09:00", "10:00", ANN, {"exclusive": True}, set()),  # it is anyway
        ("SALON", {}, "18:30", "19:30", ANN, {"key_holder": CARETAKER}, {"facility_manager"}),  # an evening
        (
            "SALON",
            FOR_OUTSIDERS,
            "17:00",
            "19:00",
            KAAT,
            {"key_holder": CARETAKER},
            {"receptionist", "facility_manager"},
        ),
        ("SALON", {}, "17:00", "19:00", ANN, {}, set()),  # still staff hours
    ],
)
def test_r19_a_booking_waits_for_the_roles_whose_word_it_needs(space, policy, start, end, organiser, more, awaited):
    verdict = judged(house({space: policy}), wanted(space, start, end, organiser, **more))
    assert verdict.accepted
    assert verdict.approvals == awaited


def test_unknown_attendance_counts_as_the_places_of_the_layout_and_as_one_at_a_desk_or_counter():
    where = house({"ROOM": {"ventilation_m3h": 320}})
    for space, layout, persons in (
        ("ROOM", None, 8),
        ("ROOM", "theatre", 8),
        ("LEFT", "theatre", 20),
        ("DESK-1", None, 1),
        ("COUNTER", None, 1),
        ("BOOTH", None, 4),
    ):
        start, end = ("07:00", "12:30") if space.startswith("DESK") else ("09:00", "10:00")
        verdict = judged(where, wanted(space, start, end, layout=layout))
        assert (verdict.persons, verdict.accepted) == (persons, True), space


def test_a_policy_planned_from_a_date_judges_only_bookings_from_then():
    where = house()
    later = replace(where.policies["ROOM"][0][1], capacities={"boardroom": 5})
    where = replace(where, policies={**where.policies, "ROOM": (*where.policies["ROOM"], (date(2027, 3, 9), later))})
    assert why_not(where, wanted("ROOM", "09:00", "10:00", attendees=8)) == set()
    assert why_not(where, wanted("ROOM", "2027-03-09T09:00", "10:00", attendees=8)) == {"too_many_people"}


def test_a_booking_that_is_changed_does_not_stand_in_its_own_way():
    wish = wanted("ROOM", "09:30", "10:30", attendees=6, replaces=7)
    standing = taken("ROOM", "09:00", "10:00", 6, number=7, organiser=ANN)
    assert why_not(house(limits={"VER": 10}), wish, standing) == set()
    other = taken("ROOM", "09:00", "10:00", 6, number=8)
    assert why_not(house(limits={"VER": 10}), wish, other) == {"space_taken", "zone_full"}

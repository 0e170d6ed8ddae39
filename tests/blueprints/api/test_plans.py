"""Plans over the API: a preview first, then all of it or nothing."""

from __future__ import annotations

import pytest

from tests.blueprints.api.asking import MONDAY, codes, wish
from tests.cast import ANN, DORA, ELS, FARID, INES, NORA

CLOSED = {"scope": "space:VZ-104", "set": {"active": False}, "from": MONDAY}


@pytest.fixture
def meeting(program):
    """A meeting that is in the way, and the manager who plans."""
    booking = program(ANN).post("/bookings", wish("VZ-104", attendees=6, title="Team")).json
    return program(FARID, "manage"), booking


def test_a_plan_shows_its_effect_and_then_makes_it_so(meeting):
    manager, booking = meeting
    made = manager.post("/plans", {"changes": [CLOSED], "reason": "painting"})
    assert (made.status_code, made.json["status"], made.json["moved"]) == (201, "draft", 1)
    [affected] = made.json["affected"]
    assert affected["booking"]["id"] == booking["id"]
    assert [each["code"] for each in affected["why"]] == ["out_of_service"]
    assert (affected["proposal"]["space"], affected["proposal"]["start"]) == ("VZ-105", booking["start"])
    done = manager.post(f"/plans/{made.json['id']}/apply")
    assert (done.status_code, done.json["status"], done.json["affected"][0]["told"]) == (200, "applied", "mail")
    assert manager.get(f"/bookings/{booking['id']}").json["space"] == "VZ-105"
    again = manager.post(f"/plans/{made.json['id']}/apply", {})
    assert (again.status_code, codes(again)) == (422, ["plan_applied_before"])
    assert [each["id"] for each in manager.get("/plans?status=applied").json["items"]] == [made.json["id"]]


def test_what_changed_meanwhile_is_answered_with_409_and_shown(meeting, program):
    manager, booking = meeting
    number = manager.post("/plans", {"changes": [CLOSED]}).json["id"]
    program(ANN).delete(f"/bookings/{booking['id']}")
    refused = manager.post(f"/plans/{number}/apply")
    assert (refused.status_code, codes(refused)) == (409, ["plan_outdated"])
    assert manager.get(f"/plans/{number}").json["news"] == [{"booking": booking["id"], "what": "gone"}]


def test_a_plan_whose_change_makes_no_sense_any_more_is_refused_as_a_plan(program):
    manager = program(FARID, "manage")
    closing = {"scope": "organisation:GEM", "set": {"closure": {"name": "Verhuis"}}, "from": "2027-06-08"}
    first, second = (manager.post("/plans", {"changes": [closing]}).json["id"] for _time in range(2))
    assert manager.post(f"/plans/{first}/apply").status_code == 200
    refused = manager.post(f"/plans/{second}/apply")
    assert (refused.status_code, [each["field"] for each in refused.json["errors"]]) == (400, ["plan"])


def test_those_without_a_place_are_left_only_when_that_is_said(meeting):
    manager, booking = meeting
    manager.patch(f"/bookings/{booking['id']}", {"space": "VZ-001", "attendees": 25, "layout": "theatre"})
    changes = [{"scope": "space:VZ-001", "set": {"capacity": 3}}, {"scope": "space:VZ-101", "set": {"active": False}}]
    number = manager.post("/plans", {"changes": changes, "reason": "flood"}).json["id"]
    refused = manager.post(f"/plans/{number}/apply", {"leaving": False})
    assert (refused.status_code, codes(refused)) == (422, ["bookings_left"])
    assert manager.post(f"/plans/{number}/apply", {"leaving": True}).json["left"] == 1


def test_of_anothers_talk_under_secrecy_a_plan_tells_no_more_than_that_it_lies_in_it(program):
    social = program(DORA)
    service = next(
        each["code"]
        for each in social.get("/services").json["items"]
        if each["organisation"] == "OCMW" and each["requires_panic_button"]
    )
    talk = social.post("/bookings", wish("SK-05", attendees=3, service=service, end="09:30")).json
    manager = program(FARID, "manage")
    plan = manager.post("/plans", {"changes": [{"scope": "space:SK-05", "set": {"out_of_service": ["panic_button"]}}]})
    assert plan.json["affected"] == []
    assert plan.json["parts"] == [{"organisation": "OCMW", "bookings": 1}]
    assert (plan.json["moved"], plan.json["left"]) == (0, 0)
    assert talk["id"] not in plan.text
    assert program(NORA, "manage").get(f"/plans/{plan.json['id']}").json["affected"] == []


@pytest.mark.parametrize(
    "given",
    [
        [{"scope": "space:SK-05", "set": {"capacity": number}} for number in (1, 2, 3, 4)],
        [{"scope": "space:SK-05", "set": {"max_minutes": minutes}} for minutes in (30, 45, 60)],
        [{"scope": "space:SK-05", "set": {"panic_button": has_one}} for has_one in (False, True)],
        [{"scope": "space:SK-05", "set": {"wheelchair_places": places}} for places in (0, 1)],
        [
            {
                "scope": "building:AC",
                "from": "2027-03-08",
                "set": {"closure": {"name": "Verhuis", "kind": "half_day", "opens": "07:00", "closes": closes}},
            }
            for closes in ("09:10", "09:20", "12:00")
        ],
    ],
)
def test_a_plan_answers_the_same_of_anothers_talks_whatever_value_is_tried(given, program):
    for start, end, people in (("09:00", "09:15", 3), ("10:00", "10:45", 2)):
        talk = wish("SK-05", start=start, end=end, attendees=people, service="OCMW-SCH")
        assert program(ELS).post("/bookings", talk).status_code == 201
    manager = program(FARID, "manage")
    told = []
    for change in given:
        plan = manager.post("/plans", {"changes": [change], "reason": "works"})
        assert plan.status_code == 201, plan.json
        told.append({name: plan.json[name] for name in ("moved", "left", "affected", "parts", "news", "waits_until")})
    assert told == [told[0]] * len(told)
    assert told[0]["parts"] == [{"organisation": "OCMW", "bookings": 2}]
    listed = manager.get("/plans").json["items"]
    assert {(each["moved"], each["left"]) for each in listed} == {(0, 0)}


def test_a_plan_says_how_many_are_seen_to_by_others_and_how_long_it_waits_for_them(program):
    program(DORA).post("/bookings", wish("VZ-104", attendees=6, start="13:00", end="14:00"))
    manager, theirs = program(FARID, "manage"), program("beheerder.ocmw", "manage")
    number = manager.post("/plans", {"changes": [{"scope": "space:VZ-104", "set": {"capacity": 4}}]}).json["id"]
    assert theirs.get("/plans").json["items"] == []
    waiting = manager.post(f"/plans/{number}/apply").json
    assert (waiting["status"], waiting["waits_until"]) == ("draft", "2027-03-08T09:00:00+01:00")
    assert waiting["parts"] == [{"organisation": "OCMW", "bookings": 1, "ready": False}]
    [part] = theirs.get("/plans").json["items"]
    assert (part["part_of"], part["waits_until"]) == ("OCMW", waiting["waits_until"])
    assert part["id"] not in manager.get("/plans").text
    assert manager.get(f"/plans/{part['id']}").status_code == 404
    assert manager.post(f"/plans/{part['id']}/ready").status_code == 404
    assert theirs.post(f"/plans/{number}/ready").status_code == 404
    assert theirs.post(f"/plans/{part['id']}/ready").json["status"] == "applied"
    assert manager.get(f"/plans/{number}").json["status"] == "applied"


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ([], "changes"),
        ([{"scope": "space:VZ-999", "set": {"capacity": 1}}], "changes.0.scope"),
        ([{"scope": "moon:X", "set": {"capacity": 1}}], "changes.0.scope"),
        ([CLOSED, {"scope": "floor:F1", "set": {"max_persons": -1}}], "changes.1.set.max_persons"),
        (
            [
                {"scope": "floor:F1", "set": {"max_persons": -1, "active": False}},
                {"scope": "zone", "set": {"hours": []}},
            ],
            "changes.0.set.max_persons changes.0.set.active changes.1.scope",
        ),
        (
            [
                {
                    "scope": "space:VZ-104",
                    "set": {
                        "hours": [{"weekday": 1, "opens": "09:00", "closes": "08:00", "kind": "staff_access"}],
                        "default_layout": "banquet",
                    },
                }
            ],
            "changes.0.set.default_layout changes.0.set.hours.0.closes",
        ),
        ([{"scope": "floor:F1", "set": {"capacity": 4}}], "changes.0.set.capacity"),
        ([{"scope": "space:VZ-104", "set": {}}], "changes.0.set"),
        ([{"scope": "space:VZ-104", "set": {"capacity": "many"}}], "changes.0.set.capacity"),
        ([{"scope": "space:VZ-104", "set": {"capacity": True}}], "changes.0.set.capacity"),
        ([{"scope": "space:VZ-104", "set": {"capacities": {"boardroom": None}}}], "changes.0.set.capacities.boardroom"),
        ([{"scope": "space:VZ-104", "set": {"slot_minutes": 0}}], "changes.0.set.slot_minutes"),
        ([{"scope": "space:VZ-104", "set": {"default_layout": ["x"]}}], "changes.0.set.default_layout"),
        ([{"scope": "space:VZ-104", "set": {"out_of_service": ["beamer\u0000"]}}], "changes.0.set.out_of_service"),
        (
            [
                {
                    "scope": "space:VZ-104",
                    "set": {"hours": [{"weekday": 1, "opens": "09:00", "closes": "08:00", "kind": "staff_access"}]},
                }
            ],
            "changes.0.set.hours.0.closes",
        ),
        (
            [
                {
                    "scope": "space:VZ-104",
                    "set": {
                        "hours": [{"weekday": 1, "opens": "09:00", "closes": "10:00", "kind": [], "label": "\ud800"}]
                    },
                }
            ],
            "changes.0.set.hours.0.kind changes.0.set.hours.0.label",
        ),  # all at once
        ([{"scope": "organisation:GEM", "set": {"closure": {"name": "A\u0007"}}}], "changes.0.set.closure.name"),
        ([{"scope": "organisation:GEM", "set": {"closure": {}}}], "changes.0.set.closure.name"),
        ([{"scope": "rule:R99", "set": {"mode": "warn"}}], "changes.0.scope"),
        ([{"scope": "rule:R01", "set": {"mode": "sometimes"}}], "changes.0.set.mode"),
        ([{"scope": "space:VZ-104", "set": {"capacity": 1}, "from": "2020-01-01"}], "changes.0.from"),
        ([{"scope": "space:VZ-104", "set": {"capacity": 1}, "from": MONDAY, "to": "2027-03-01"}], "changes.0.to"),
        ([{"scope": "building:AC", "set": {"out_of_service": ["roof"]}}], "changes.0.set.out_of_service"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_where_it_stands(program, changes, fields):
    answer = program(FARID, "manage").post("/plans", {"changes": changes, "reason": "try"})
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json["errors"]] == fields.split()


def test_only_whoever_may_change_the_thing_itself_may_plan_it(program):
    assert program(ANN).post("/plans", {"changes": [CLOSED]}).status_code == 403
    assert program(INES, "manage").post("/plans", {"changes": [CLOSED]}).status_code == 403
    assert program(NORA, "manage").post("/plans", {"changes": [CLOSED]}).status_code == 403
    number = (
        program(NORA, "manage")
        .post("/plans", {"changes": [{"scope": "floor:F1", "set": {"max_persons": 90}}]})
        .json["id"]
    )
    assert program(INES, "manage").get(f"/plans/{number}").status_code == 404
    assert program(INES, "manage").get("/plans").json == {"items": [], "next": None}


def ruled(manager, **said):
    return manager.post("/plans", {"changes": [{"scope": "rule:R07", "set": said, "from": MONDAY}], "reason": "try"})


def test_a_rule_is_set_for_one_zone_and_lifted_there_again(program):
    manager, ann = program(FARID, "manage"), program(ANN)
    few = wish("VZ-101-102", attendees=5)
    assert [each["code"] for each in ann.post("/bookings/check", few).json["warnings"]] == ["few_people"]
    made = ruled(manager, zone="Z1-VER", mode="enforce")
    assert manager.post(f"/plans/{made.json['id']}/apply").status_code == 200
    assert codes(ann.post("/bookings/check", few)) == ["few_people"]
    lifted = ruled(manager, zone="Z1-VER", mode=None)
    assert lifted.json["changes"][0]["set"] == {"zone": "Z1-VER", "mode": None}
    assert manager.post(f"/plans/{lifted.json['id']}/apply").status_code == 200
    assert ann.post("/bookings/check", few).status_code == 200


@pytest.mark.parametrize(
    ("scope", "said", "who", "field"),
    [
        ("rule:R04", {"zone": "Z1-VER", "mode": "off"}, NORA, "zone"),  # of the whole house
        ("rule:R07", {"zone": "Z9", "mode": "off"}, FARID, "zone"),
        ("rule:R07", {"zone": "Z1-VER", "mode": None}, FARID, "zone"),  # nothing to lift
        ("rule:R07", {"zone": "Z1-VER", "applies_to": []}, FARID, "applies_to"),
        ("rule:R07", {"mode": None}, FARID, "mode"),
        ("space:VZ-104", {"zone": "Z1-VER"}, FARID, "zone"),
    ],
)
def test_what_makes_no_sense_of_a_rule_in_a_zone_is_refused_at_its_field(program, scope, said, who, field):
    refused = program(who, "manage").post("/plans", {"changes": [{"scope": scope, "set": said}], "reason": "try"})
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (400, f"changes.0.set.{field}")
    assert refused.json["errors"][0]["message"]


def test_a_rule_of_others_is_not_set_for_a_zone_either(program):
    said = {"scope": "rule:R23", "set": {"zone": "Z0-CAW", "mode": "off"}}
    for who in (FARID, INES):
        assert program(who, "manage").post("/plans", {"changes": [said], "reason": "try"}).status_code == 403

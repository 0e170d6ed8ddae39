"""A taken space claimed over the API: the same plan, the same answers."""

from __future__ import annotations

import pytest

from blueprints.commands.demo_precedence import load_precedence
from models.actions.plans.answer_claim import answer_claim
from models.queries.bookings import booked_under
from models.queries.people import person_by_username
from models.queries.plans import kept_plan
from models.rules.people.person import By
from tests.blueprints.api.asking import codes, moment, wish
from tests.cast import ANN, CHRIS, FARID, HUGO, NOW

LATER = "2027-03-22"


@pytest.fixture
def town(demo_app, program):
    with demo_app.test_request_context():
        load_precedence()
    return program


def claim(day: str = LATER, space: str = "VZ-104", **more) -> dict:
    return {
        "changes": [
            {
                "scope": f"space:{space}",
                "set": {
                    "claim": {
                        "precedence": "COLLEGE",
                        "start": moment("09:00", day),
                        "end": moment("10:00", day),
                        "attendees": 7,
                        **more,
                    }
                },
            }
        ],
        "reason": "Extra college",
    }


def test_a_claim_is_shown_and_then_made_so(town):
    held = town(ANN).post("/bookings", wish("VZ-104", day=LATER, attendees=6, title="Team")).json
    officer = town(HUGO)
    made = officer.post("/plans", claim(title="College"))
    assert (made.status_code, made.json["moved"], made.json["booking"]) == (201, 1, None)
    [affected] = made.json["affected"]
    assert [(each["code"], each["scope"], each["limit"]) for each in affected["why"]] == [
        ("claimed_by_precedence", "precedence:COLLEGE", 2)
    ]
    assert affected["proposal"]["space"] == "VZ-105"
    assert "consent" not in affected
    done = officer.post(f"/plans/{made.json['id']}/apply").json
    booking = officer.get(f"/bookings/{done['booking']}").json
    assert (done["status"], booking["space"], booking["title"]) == ("applied", "VZ-104", "College")
    assert town(ANN).get(f"/bookings/{held['id']}").json["space"] == "VZ-105"


def test_a_near_one_waits_for_an_answer_and_says_so(town, demo_app):
    held = town(ANN).post("/bookings", wish("VZ-104", attendees=6)).json["id"]
    officer = town(HUGO)
    made = officer.post("/plans", claim(day="2027-03-08")).json
    assert made["affected"][0]["consent"] == "asked"
    waiting = officer.post(f"/plans/{made['id']}/apply")
    assert (waiting.status_code, codes(waiting)) == (422, ["consent_awaited"])
    with demo_app.test_request_context():
        answer_claim(kept_plan(made["id"]).id, booked_under(held).id, True, By(person_by_username(ANN), NOW))
    assert officer.get(f"/plans/{made['id']}").json["affected"][0]["consent"] == "given"
    assert officer.post(f"/plans/{made['id']}/apply").json["status"] == "applied"


def test_what_a_claim_is_for_is_read_by_its_maker_alone(town):
    number = town(HUGO).post("/plans", claim(title="Tuchtdossier", note="vertrouwelijk")).json["id"]
    [own], [other] = (town(who, "manage").get(f"/plans/{number}").json["changes"] for who in (HUGO, FARID))
    assert own["set"]["claim"]["title"] == "Tuchtdossier"
    assert set(other["set"]["claim"]) == {"precedence", "start", "end"}
    assert "Tucht" not in town(FARID, "manage").get("/plans").text


def test_who_may_not_claim_is_refused_and_a_refused_wish_says_why(town):
    town(CHRIS).post("/bookings", wish("VZ-104", day=LATER, attendees=6))
    assert [each.post("/plans", claim()).status_code for each in (town(ANN), town(FARID, "manage"))] == [403, 403]
    assert town(HUGO, "read").post("/plans", claim()).status_code == 403
    refused = town(HUGO).post("/plans", claim(attendees=12))
    assert (refused.status_code, codes(refused)) == (422, ["too_many_people"])
    first = town(HUGO).post("/plans", claim()).json["id"]
    town(HUGO).post(f"/plans/{first}/apply")
    again = town(HUGO).post("/plans", claim())
    assert (again.status_code, codes(again)) == (409, ["space_taken"])
    assert town(ANN).get(f"/plans/{first}").status_code == 403
    assert town(HUGO).get("/plans/9999").status_code == 403  # no sooner known than one that is there


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"precedence": "KONING"}, "claim.precedence"),
        ({"start": "2027-03-22T09:00"}, "claim.start"),
        ({"end": "2027-03-22T08:00:00+01:00"}, "claim.end"),
        ({"attendees": -1}, "claim.attendees"),
        ({"title": "x\u0000"}, "claim.title"),
        ({"recurrence": "FREQ=DAILY;COUNT=2"}, "claim.recurrence"),
        ({"service": "NONE"}, "claim.service"),
        ({"visitors": 9}, "claim.visitors"),
        ({"equipment": ["anvil"]}, "claim.equipment"),
    ],
)
def test_what_cannot_be_read_is_named(town, more, field):
    answer = town(HUGO).post("/plans", claim(**more))
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json["errors"]] == [f"changes.0.set.{field}"]


@pytest.mark.parametrize("value", [None, [], "COLLEGE", {}, {"precedence": "COLLEGE"}])
def test_half_a_claim_is_none(town, value):
    body = {"changes": [{"scope": "space:VZ-104", "set": {"claim": value}}], "reason": "x"}
    assert town(HUGO).post("/plans", body).status_code == 400


def test_a_claim_stands_alone(town):
    changes = [*claim()["changes"], {"scope": "space:VZ-104", "set": {"capacity": 4}}]
    answer = town(FARID, "manage").post("/plans", {"changes": changes, "reason": "x"})
    assert (answer.status_code, [each["field"] for each in answer.json["errors"]]) == (400, ["changes"])

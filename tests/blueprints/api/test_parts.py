"""One visit with several services, or rooms side by side: all of them or none, changed and cancelled as one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.tables.db import db
from models.tables.log import OutboxRow
from tests.blueprints.api.asking import codes, moment
from tests.cast import ANN, BRAM, CHRIS, DORA, GERDA, HUGO


def part(space: str, start: str, end: str, **more) -> dict:
    return {"space": space, "start": moment(start), "end": moment(end), **more}


VISIT = {
    "parts": [
        part("SK-05", "10:00", "10:30", service="OCMW-LEE", attendees=2),
        part("SK-06", "10:30", "11:30", service="OCMW-SCH", attendees=2),
    ]
}


@pytest.fixture
def letters(demo_app):
    def read() -> list[tuple[str, int]]:
        with demo_app.test_request_context():
            rows = db.session.execute(select(OutboxRow.kind, OutboxRow.facts).order_by(OutboxRow.id))
            return [(kind, len(facts["bookings"])) for kind, facts in rows]

    return read


def test_a_visit_with_two_services_is_one_booking_with_one_code_and_one_mail(program, letters):
    dora = program(DORA)
    checked = dora.post("/bookings/check", VISIT)
    assert (checked.status_code, checked.json["group"]) == (200, None)
    assert "id" not in checked.json["items"][0]
    made = dora.post("/bookings", VISIT)
    assert made.status_code == 201, made.json
    first, second = made.json["items"]
    assert first["group"] == second["group"] == made.json["group"]
    assert first["visitor_code"] == second["visitor_code"]
    assert (first["service"], second["service"]) == ("OCMW-LEE", "OCMW-SCH")
    assert first["uid"] != second["uid"]
    assert letters() == [("booked", 2)]
    found = dora.get(f"/bookings?group={made.json['group']}").json["items"]
    assert [each["id"] for each in found] == [first["id"], second["id"]]
    assert program(ANN).get(f"/bookings?group={made.json['group']}").json["items"] == []
    assert "group" not in program(CHRIS).get(f"/bookings/{first['id']}").json


def test_one_part_that_is_refused_leaves_none_and_says_which_and_what_would_work(program):
    dora = program(DORA)
    taken = dora.post("/bookings", part("SK-06", "11:00", "11:30", service="OCMW-LEE", attendees=2))
    for path in ("/bookings/check", "/bookings"):
        answer = dora.post(path, VISIT)
        assert (answer.status_code, codes(answer)) == (409, ["space_taken"])
        [refused] = answer.json["refused"]
        assert refused["start"] == moment("10:30")
        assert refused["alternatives"]
    mine = dora.get("/bookings?mine=1").json["items"]
    assert [each["id"] for each in mine] == [taken.json["id"]]


def test_two_residents_side_by_side_at_one_hour_have_a_code_each(program):
    made = program(DORA).post(
        "/bookings",
        {"parts": [part(booth, "10:00", "10:30", service="OCMW-LEE", attendees=2) for booth in ("SK-05", "SK-06")]},
    )
    assert made.status_code == 201, made.json
    assert len({each["visitor_code"] for each in made.json["items"]}) == 2


def test_parts_are_judged_with_those_before_them_in_their_places(program):
    same = [part("VZ-104", "10:00", "11:00", attendees=5), part("VZ-104", "10:30", "11:30", attendees=5)]
    assert codes(program(ANN).post("/bookings", {"parts": same})) == ["space_taken"]
    rooms = [part("VZ-104", "10:00", "11:00", attendees=5), part("VZ-103", "10:00", "11:00", attendees=5)]
    assert program(ANN).post("/bookings", {"parts": rooms}).status_code == 201


def test_scope_group_moves_and_cancels_all_of_it(program):
    dora = program(DORA)
    first, second = (each["id"] for each in dora.post("/bookings", VISIT).json["items"])
    moved = dora.patch(f"/bookings/{first}?scope=group", {"start": moment("10:15"), "end": moment("10:45")})
    assert moved.status_code == 200, moved.json
    assert dora.get(f"/bookings/{second}").json["start"] == moment("10:45")
    assert dora.delete(f"/bookings/{second}").json["status"] == "cancelled"
    assert dora.get(f"/bookings/{first}").json["status"] == "confirmed"
    assert dora.delete(f"/bookings/{first}?scope=group").json["status"] == "cancelled"


def test_one_word_approves_all_of_it(program, letters):
    parts = [part("PZ-01", "10:00", "11:00", attendees=20), part("PZ-03", "11:00", "12:00", attendees=10)]
    made = program(ANN).post("/bookings", {"parts": parts})
    assert [each["status"] for each in made.json["items"]] == ["pending", "pending"], made.json
    assert letters().count(("to_approve", 2)) == 1
    first, second = (each["id"] for each in made.json["items"])
    assert program(HUGO).post(f"/bookings/{second}/approve").json["status"] == "confirmed"
    assert program(ANN).get(f"/bookings/{first}").json["status"] == "confirmed"
    assert ("approved", 2) in letters()


def test_a_request_for_parts_sent_twice_is_done_once(program):
    dora = program(DORA)
    one, two = (dora.post("/bookings", VISIT, headers={"Idempotency-Key": "visit-1"}) for _ in range(2))
    assert one.json == two.json
    assert two.headers["Idempotent-Replay"] == "true"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"parts": VISIT["parts"][:1]}, "parts"),
        ({"parts": [VISIT["parts"][0], VISIT["parts"][1] | {"service": "NO-SUCH"}]}, "parts.1.service"),
        ({"parts": [VISIT["parts"][0] | {"service": "CAW-SLA"}, VISIT["parts"][1]]}, "parts.0.service"),  # of others
        ({"parts": [VISIT["parts"][0]] * 201}, "parts"),
        ({"parts": "two"}, "parts"),
        (VISIT | {"space": "SK-05"}, "space"),
        (VISIT | {"recurrence": "FREQ=DAILY;COUNT=2"}, "recurrence"),
        ({"parts": [VISIT["parts"][0], {"space": "SK-06", "start": moment("10:30")}]}, "parts.1.end"),
        ({"parts": [VISIT["parts"][0], VISIT["parts"][1] | {"on_behalf_of": BRAM}]}, "parts.1.on_behalf_of"),
    ],
)
def test_parts_that_cannot_be_read_are_said_at_their_field(body, field, program):
    answer = program(DORA).post("/bookings", body)
    assert answer.status_code == 400
    assert field in {each["field"] for each in answer.json["errors"]}
    assert field == "parts" or "parts" not in {each["field"] for each in answer.json["errors"]}


def test_of_too_few_parts_it_is_said_how_many_there_are_at_least(program):
    answer = program(DORA).post("/bookings", {"parts": VISIT["parts"][:1]})
    assert answer.json["errors"] == [{"field": "parts", "message": "Geef er minstens 2."}]


def test_parts_are_not_moved_to_one_space_together(program):
    dora = program(DORA)
    first, second = (each["id"] for each in dora.post("/bookings", VISIT).json["items"])
    answer = dora.patch(f"/bookings/{first}?scope=group", {"space": "SK-01"})
    assert (answer.status_code, [each["field"] for each in answer.json["errors"]]) == (400, ["space"])
    assert [dora.get(f"/bookings/{each}").json["space"] for each in (first, second)] == ["SK-05", "SK-06"]
    assert dora.patch(f"/bookings/{first}", {"space": "SK-01"}).json["space"] == "SK-01"


def test_an_unknown_space_in_a_part_is_not_found(program):
    parts = [VISIT["parts"][0], part("SK-99", "10:30", "11:00")]
    assert program(GERDA).post("/bookings", {"parts": parts}).status_code == 404

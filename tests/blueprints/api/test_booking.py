"""Booking by program: the same rules as on a page, answered once however often it is sent."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from models.rules.changes.limits import SetLimit
from models.rules.values import Scope
from models.tables.db import db
from models.tables.municipality import Organisation
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.blueprints.api.asking import codes, moment, wish
from tests.cast import ANN, BRAM, CHRIS, DORA, ELS, FARID, GERDA, KAAT, NORA
from tests.changing import put

ONLY_WRITTEN = {"id", "uid", "created_at", "updated_at", "visitor_code", "checked_in_at", "status_reason"}


def test_a_booking_is_answered_whole_and_has_an_address(program):
    ann = program(ANN)
    answer = ann.post("/bookings", wish(attendees=8, title="Overleg", note="Koffie"))
    booking = answer.json
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/bookings/{booking['id']}"
    assert {
        "id",
        "uid",
        "space",
        "kind",
        "start",
        "end",
        "status",
        "attendees",
        "layout",
        "title",
        "organisation",
        "service",
        "organiser",
        "booked_by",
        "privacy",
        "series",
        "sequence",
        "created_at",
        "updated_at",
        "warnings",
    } <= booking.keys()
    assert (booking["start"], booking["end"]) == (moment("09:00"), moment("10:00"))
    assert (booking["status"], booking["organiser"], booking["organisation"]) == ("confirmed", ANN, "GEM")
    assert ann.get(f"/bookings/{booking['id']}").json == booking


def test_times_come_back_with_the_offset_of_the_building(program):
    answer = program(ANN).post(
        "/bookings/check", wish() | {"start": "2027-04-12T03:00:00-04:00", "end": "2027-04-12T08:00:00Z"}
    )
    assert (answer.json["start"], answer.json["end"]) == ("2027-04-12T09:00:00+02:00", "2027-04-12T10:00:00+02:00")


def test_a_check_answers_what_booking_would_and_writes_nothing(program):
    ann = program(ANN)
    planned = ann.post("/bookings/check", wish(attendees=3, title="Overleg"))
    assert planned.status_code == 200
    assert ann.get("/bookings").json["items"] == []
    booked = ann.post("/bookings", wish(attendees=3, title="Overleg")).json
    assert planned.json == {name: value for name, value in booked.items() if name not in ONLY_WRITTEN}
    assert [each["code"] for each in planned.json["warnings"]] == ["few_people"]


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        (wish(), 409, ["space_taken"]),
        (wish(attendees=60), 422, ["too_many_people", "space_taken"]),  # a mix of both kinds
        (wish(space="VZ-103", start="09:05"), 422, ["off_grid"]),
        (wish(space="VZ-103", start="05:00"), 422, ["outside_hours"]),
        (wish(space="VZ-103", layout="cinema"), 422, ["layout_not_offered"]),
        (wish(space="VZ-103", day="2027-11-08"), 422, ["too_far_ahead"]),
        (wish(space="VZ-103", day="2027-03-01"), 422, ["in_the_past"]),
        (wish(space="SK-08"), 422, ["not_for_your_organisation"]),
    ],
)
def test_refusals_carry_code_message_and_status(program, body, status, expected):
    program(BRAM).post("/bookings", wish())
    for path in ("/bookings", "/bookings/check"):
        answer = program(ANN).post(path, body)
        assert answer.status_code == status
        assert sorted(codes(answer)) == sorted(expected)
        assert all(each["message"] for each in answer.json["refusals"])


def test_each_alternative_would_be_accepted(program):
    program(BRAM).post("/bookings", wish())
    answer = program(ANN).post("/bookings", wish(attendees=8))
    found = answer.json["alternatives"]
    assert 0 < len(found) <= 3
    for each in found:
        assert each.pop("why")
        assert program(ANN).post("/bookings/check", {**each, "attendees": 8}).status_code == 200


WRONGLY_ASKED = [
    # space, asked for, what everybody would take
    ("VZ-203", "10:05", "11:05", "10:00", "11:00"),
    ("VZ-203", "09:00", "18:00", "09:00", "17:00"),  # eight hours at most
    ("VZ-203", "09:50", "11:00", "09:45", "11:00"),
    ("OR-03", "13:10", "13:20", "13:00", "13:15"),
    ("WP-1BUR-03", "09:00", "17:00", "07:00", "19:00"),  # the half-days that hold it
    ("WP-1BUR-03", "08:30", "12:00", "07:00", "12:30"),
]


@pytest.mark.parametrize(("space", "start", "end", "first", "last"), WRONGLY_ASKED)
@pytest.mark.parametrize("day", ["2027-03-08", "2027-03-16"])
def test_what_was_asked_a_little_wrong_is_offered_put_right_first(program, space, start, end, first, last, day):
    gerda, party = program(GERDA), {} if space.startswith("WP") else {"attendees": 3}
    answer = gerda.post("/bookings/check", wish(space, start, end, day, **party))
    assert answer.status_code == 422
    assert set(codes(answer)) <= {"off_grid", "too_long", "too_short"}
    best, *others = answer.json["alternatives"]
    assert (best["space"], best["start"], best["end"]) == (space, moment(first, day), moment(last, day))
    for each in (best, *others):
        assert each.pop("why")
        assert gerda.post("/bookings/check", each | party).status_code == 200


def test_where_the_time_put_right_is_taken_another_room_is_offered_for_it(program):
    program(BRAM).post("/bookings", wish("VZ-203", "10:00", "11:00", attendees=3))
    answer = program(GERDA).post("/bookings/check", wish("VZ-203", "10:05", "11:05", attendees=3))
    best = answer.json["alternatives"][0]
    assert best["space"] != "VZ-203"
    assert (best["start"], best["end"]) == (moment("10:00"), moment("11:00"))


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        (CHRIS, BRAM, 201),  # the coordinator of his service
        (DORA, ELS, 201),  # who named her
        (GERDA, KAAT, 201),  # reception, for an association
        (FARID, KAAT, 201),
        (ANN, BRAM, 403),  # a colleague who did not name her
        (GERDA, DORA, 403),
        (FARID, ANN, 403),
        (KAAT, ANN, 403),
        (ANN, "nobody.here", 403),  # alike, whether there is somebody of that name or not
    ],
)
def test_one_books_for_others_as_far_as_the_right_reaches(program, who, whom, status):
    body = wish(space="OR-01", start="11:00", end="11:45", attendees=4, on_behalf_of=whom)
    answer = program(who).post("/bookings", body)
    assert answer.status_code == status
    if status == 201:
        assert (answer.json["organiser"], answer.json["booked_by"]) == (whom, who)


def test_rules_are_set_aside_by_who_owns_them_alone(program):
    override = {"rules": ["R08"], "reason": "Ramen open"}
    too_many = wish(space="VZ-101", layout="theatre", attendees=40)
    assert program(ANN).post("/bookings", {**too_many, "override": override}).status_code == 403


def test_a_private_talk_keeps_no_name(program):
    answer = program(DORA).post("/bookings", wish("SK-05", service="OCMW-SCH", title="Jan Peeters", note="Schulden"))
    assert answer.status_code == 201, answer.json
    assert (answer.json["title"], answer.json["note"], answer.json["privacy"]) == (None, None, "busy")
    assert answer.json["visitor_code"]


# the same key


def test_a_request_sent_twice_is_done_once(program):
    ann = program(ANN)
    first = ann.post("/bookings", wish(title="Overleg"), headers={"Idempotency-Key": "k1"})
    again = ann.post("/bookings", dict(reversed(wish(title="Overleg").items())), headers={"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    assert again.headers["Location"] == first.headers["Location"]
    assert ("Idempotent-Replay" in first.headers, again.headers["Idempotent-Replay"]) == (False, "true")
    assert len(ann.get("/bookings").json["items"]) == 1


def again(who, body, key: str = "k1"):
    return who.post("/bookings", body, headers={"Idempotency-Key": key})


@pytest.fixture
def gone_elsewhere(demo_app):
    """Ann works for the social-welfare centre from now on."""

    def leave() -> None:
        centre = select(Organisation.id).where(Organisation.code == "OCMW").scalar_subquery()
        with demo_app.app_context(), write_transaction():
            there = {"organisation_id": centre, "service_id": None}
            db.session.execute(update(PersonRow).where(PersonRow.username == ANN).values(**there))

    return leave


def test_sent_again_it_answers_what_the_booking_is_by_now(program):
    ann = program(ANN)
    first = again(ann, wish(title="Overleg"))
    ann.patch(f"/bookings/{first.json['id']}", {"title": "Verslag"})
    for _time in range(2):
        answer = again(ann, wish(title="Overleg"))
        assert (answer.status_code, answer.json) == (201, ann.get(f"/bookings/{first.json['id']}").json)
        ann.delete(f"/bookings/{first.json['id']}")
    assert answer.json["status"] == "cancelled"


@pytest.mark.parametrize("body", [wish(title="Overleg"), wish("VZ-103", recurrence="FREQ=WEEKLY;COUNT=2")])
def test_sent_again_after_one_left_it_answers_no_more_than_one_sees(program, gone_elsewhere, body):
    ann = program(ANN)
    first = again(ann, body).json
    gone_elsewhere()
    answer = again(ann, body)
    dates, were = answer.json.get("items", [answer.json]), first.get("items", [first])
    assert answer.status_code == 201
    assert dates == [ann.get(f"/bookings/{each['id']}").json for each in were]
    assert not any({"visitor_code", "uid", "warnings"} & each.keys() for each in dates)


def test_sent_again_where_nothing_is_left_to_see_it_is_not_found(program, gone_elsewhere):
    ann = program(ANN)
    first = again(ann, wish(privacy="busy"))
    ann.delete(f"/bookings/{first.json['id']}")
    gone_elsewhere()
    answer, looked_up = again(ann, wish(privacy="busy")), ann.get(f"/bookings/{first.json['id']}")
    assert (answer.status_code, answer.json["detail"]) == (404, looked_up.json["detail"])


def test_of_dates_that_were_refused_whoever_left_reads_no_more(program, gone_elsewhere):
    program(BRAM).post("/bookings", wish("VZ-103", day="2027-03-15"))
    body = wish("VZ-103", recurrence="FREQ=WEEKLY;COUNT=3", on_conflict="skip")
    ann = program(ANN)
    assert len(again(ann, body).json["refused"]) == 1
    gone_elsewhere()
    assert again(ann, body).json["refused"] == []


def test_a_key_serves_one_request_only(program):
    ann = program(ANN)
    ann.post("/bookings", wish(), headers={"Idempotency-Key": "k1"})
    answer = ann.post("/bookings", wish(start="11:00", end="12:00"), headers={"Idempotency-Key": "k1"})
    assert (answer.status_code, codes(answer)) == (422, ["key_used_before"])


def test_a_key_belongs_to_one_token(program):
    program(ANN).post("/bookings", wish(), headers={"Idempotency-Key": "k1"})
    answer = program(ANN, "read").post("/bookings", wish(), headers={"Idempotency-Key": "k1"})
    assert answer.status_code == 403
    answer = program(BRAM).post("/bookings", wish("VZ-103"), headers={"Idempotency-Key": "k1"})
    assert (answer.status_code, answer.json["booked_by"]) == (201, BRAM)


def test_a_refusal_is_not_kept(program):
    ann, bram = program(ANN), program(BRAM)
    other = bram.post("/bookings", wish()).json
    assert ann.post("/bookings", wish(), headers={"Idempotency-Key": "k1"}).status_code == 409
    bram.delete(f"/bookings/{other['id']}")
    assert ann.post("/bookings", wish(), headers={"Idempotency-Key": "k1"}).status_code == 201


# series


def test_a_series_answers_its_dates(program):
    answer = program(ANN).post("/bookings", wish("VZ-103", recurrence="FREQ=WEEKLY;COUNT=3"))
    assert answer.status_code == 201
    assert [each["start"][:10] for each in answer.json["items"]] == ["2027-03-08", "2027-03-15", "2027-03-22"]
    assert {each["series"] for each in answer.json["items"]} == {answer.json["series"]}
    assert answer.json["refused"] == []


@pytest.mark.parametrize(
    ("on_conflict", "status", "booked", "refused"),
    [(None, 409, 0, 1), ("all", 409, 0, 1), ("skip", 201, 2, 1), ("alternative", 201, 3, 0)],
)
def test_what_becomes_of_a_series_with_a_date_that_is_taken(program, on_conflict, status, booked, refused):
    program(BRAM).post("/bookings", wish("VZ-103", day="2027-03-15"))
    body = wish("VZ-103", attendees=8, recurrence="FREQ=WEEKLY;COUNT=3", on_conflict=on_conflict)
    check = program(ANN).post("/bookings/check", body)
    answer = program(ANN).post("/bookings", body, headers={"Idempotency-Key": "k1"})
    assert (answer.status_code, check.status_code) == (status, 200 if status == 201 else status)
    assert len(answer.json.get("items", ())) == len(check.json.get("items", ())) == booked
    assert len(answer.json["refused"]) == len(check.json["refused"]) == refused
    for date in answer.json["refused"]:
        assert (date["start"], date["refusals"][0]["code"]) == (moment("09:00", "2027-03-15"), "space_taken")
        assert date["alternatives"]
    assert answer.json["refused"] == check.json["refused"]
    again = program(ANN).post("/bookings", body, headers={"Idempotency-Key": "k1"})
    assert again.data == answer.data


# what a refusal tells of others


@pytest.fixture
def nearly_full(program, demo_app):
    """Ten people in a cluster that may hold twelve, on a floor that may hold twelve."""
    with demo_app.test_request_context():
        put(SetLimit(Scope("zone", "Z1-VER"), 12))
        put(SetLimit(Scope("floor", "F1"), 12))
    assert program(BRAM).post("/bookings", wish("VZ-103", attendees=10)).status_code == 201


@pytest.mark.parametrize(("who", "actual"), [(ANN, None), (GERDA, None), (FARID, 14), (NORA, 14)])
@pytest.mark.parametrize("call", ["/bookings", "/bookings/check"])
def test_how_many_others_there_are_is_told_to_who_may_see_exact_counts(who, actual, call, program, nearly_full):
    answer = program(who).post(call, wish(attendees=4))
    assert (answer.status_code, codes(answer)) == (409, ["zone_full", "floor_full"])
    assert [(each["limit"], each["actual"]) for each in answer.json["refusals"]] == [(12, actual)] * 2
    assert ("14" in answer.json["detail"]) is (actual is not None)


@pytest.mark.parametrize(
    ("body", "status", "listed"),
    [
        (wish("VZ-103", attendees=4), 409, ["space_taken"]),
        (wish("VZ-103", attendees=13), 422, ["too_many_people", "space_taken"]),
        (wish("VZ-101", attendees=60), 422, ["too_many_people"]),
        (wish("VZ-101", attendees=4, layout="desk"), 422, ["layout_not_offered"]),
        (wish("VZ-101", attendees=13), 422, ["zone_full", "floor_full"]),  # alone above the limit
    ],
)
@pytest.mark.parametrize("who", [ANN, FARID])
def test_how_full_it_is_around_is_listed_only_where_it_decides(who, body, status, listed, program, nearly_full):
    for call in ("/bookings", "/bookings/check"):
        answer = program(who).post(call, body)
        assert (answer.status_code, codes(answer)) == (status, listed)


def test_of_the_places_on_the_stairs_nobody_is_told_how_many_are_left(program):
    for space in ("VZ-103", "VZ-104"):
        assert program(BRAM).post("/bookings", wish(space, attendees=4, wheelchair=1)).status_code == 201
    answer = program(FARID).post("/bookings/check", wish("VZ-101", attendees=4, wheelchair=1))
    [full] = [each for each in answer.json["refusals"] if each["code"] == "refuge_places_full"]
    assert (full["limit"], full["actual"]) == (None, None)


def test_a_warning_of_a_talk_without_a_colleague_says_no_number(program):
    body = wish("SK-05", "09:00", "09:30", attendees=2, service="OCMW-LEE")
    answer = program(DORA).post("/bookings", body)
    [alone] = [each for each in answer.json["warnings"] if each["code"] == "alone"]
    assert (alone["limit"], alone["actual"]) == (2, None)

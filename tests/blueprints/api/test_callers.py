"""A booking for somebody without an account: the front desk names a caller in place of somebody who has one."""

from __future__ import annotations

import pytest

from tests.blueprints.api.asking import codes, wish
from tests.cast import ANN, BRAM, CHRIS, FARID, GERDA, HUGO, KAAT, LIEN, MARC

HALF_AN_HOUR = {"start": "11:00", "end": "11:30"}
WHOM = {
    "name": "Wim Vos",
    "association": "Petanqueclub De Zon",
    "phone": "+32 3 555 01 02",
    "email": "wim@example.org",
    "language": "fr",
}


def asked(space: str = "VZ-001", **more) -> dict:
    return wish(space, "19:00", "20:00", day="2027-03-11", attendees=8, key_holder=MARC, caller=WHOM) | more


def test_it_is_the_callers_in_the_name_of_whoever_stands_for_the_public(program):
    gerda = program(GERDA)
    answer = gerda.post("/bookings", asked(title="Algemene vergadering"))
    booking = answer.json
    assert answer.status_code == 201, booking
    assert (booking["organiser"], booking["booked_by"], booking["organisation"]) == (None, GERDA, "VER")
    assert booking["caller"] == WHOM
    assert gerda.get(f"/bookings/{booking['id']}").json == booking
    assert [each["id"] for each in gerda.get("/bookings?mine=1").json["items"]] == [booking["id"]]


def test_a_check_answers_the_same_and_a_caller_needs_no_more_than_a_name(program):
    answer = program(GERDA).post("/bookings/check", asked(caller={"name": "Wim Vos"}))
    assert answer.status_code == 200
    assert answer.json["caller"] == {**dict.fromkeys(WHOM), "name": "Wim Vos"}


@pytest.mark.parametrize(
    ("who", "status"),
    [(GERDA, 201), (FARID, 201), (ANN, 403), (CHRIS, 403), (HUGO, 403), (KAAT, 403), (LIEN, 403)],
)
def test_the_front_desk_books_for_callers_and_nobody_else(program, who, status):
    assert program(who).post("/bookings/check", asked()).status_code == (200 if status == 201 else 403)
    assert program(who).post("/bookings", asked()).status_code == status


def test_it_takes_the_scope_of_whoever_writes(program):
    assert program(GERDA, "read").post("/bookings/check", asked()).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "caller.name"),
        ({"name": " "}, "caller.name"),
        ({"name": "W" * 201}, "caller.name"),
        ({"name": "Wim\nVos"}, "caller.name"),
        ({"name": None}, "caller.name"),
        ({"association": "V" * 201}, "caller.association"),
        ({"phone": "bel me"}, "caller.phone"),
        ({"phone": "0" * 31}, "caller.phone"),
        ({"email": "wim"}, "caller.email"),
        ({"email": "wim@example.org\r\nBcc: x@example.org"}, "caller.email"),
        ({"language": "xx"}, "caller.language"),
        ({"birthday": "1970-01-01"}, "caller.birthday"),
    ],
)
def test_what_is_wrong_about_a_caller_is_said_of_its_own_field(program, wrong, field):
    answer = program(GERDA).post("/bookings", asked(caller=WHOM | wrong))
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json["errors"]] == [field]


@pytest.mark.parametrize(("whom", "field"), [("Wim", "caller"), ([], "caller"), ({}, "caller.name")])
def test_a_caller_is_an_object_with_a_name(program, whom, field):
    answer = program(GERDA).post("/bookings", asked(caller=whom))
    assert [each["field"] for each in answer.json["errors"]] == [field]


def test_a_booking_is_for_somebody_with_an_account_or_for_a_caller(program):
    answer = program(GERDA).post("/bookings", asked(on_behalf_of=KAAT))
    assert (answer.status_code, [each["field"] for each in answer.json["errors"]]) == (400, ["caller"])


@pytest.mark.parametrize("space", ["VZ-101", "SK-05"])
def test_a_caller_gets_no_space_that_is_not_open_to_residents(program, space):
    answer = program(GERDA).post("/bookings/check", wish(space, **HALF_AN_HOUR, caller={"name": "Wim Vos"}))
    assert (answer.status_code, codes(answer)) == (422, ["not_for_your_organisation"])


def test_two_callers_are_two_people(program):
    """What binds one person to one place at a time binds no caller to another."""
    gerda = program(GERDA)
    for space, name in (("OR-01", "Wim Vos"), ("OR-01", "Els Bos"), ("VZ-001", "Wim Vos")):
        answer = gerda.post("/bookings", wish(space, **HALF_AN_HOUR, attendees=4, caller={"name": name}))
        assert answer.status_code == 201, answer.json
        assert not {"person_busy", "staff_busy"} & {each["code"] for each in answer.json["warnings"]}


def test_whom_it_is_for_is_for_its_party_alone(program):
    booking = program(GERDA).post("/bookings", asked(title="Algemene vergadering")).json
    for who in (ANN, KAAT, LIEN):
        answer = program(who).get(f"/bookings/{booking['id']}")
        assert "caller" not in (answer.json or {})
        assert "Wim" not in answer.text


# handed on


def test_it_is_handed_on_to_somebody_with_an_account_and_back(program):
    gerda = program(GERDA)
    booking = gerda.post("/bookings", asked()).json
    theirs = gerda.patch(f"/bookings/{booking['id']}", {"on_behalf_of": KAAT}).json
    assert [theirs[name] for name in ("organiser", "caller", "organisation")] == [KAAT, None, "VER"]
    again = gerda.patch(f"/bookings/{booking['id']}", {"caller": {"name": "Els Bos"}}).json
    assert [again[name] for name in ("organiser", "booked_by", "organisation")] == [None, GERDA, "VER"]
    assert again["caller"]["name"] == "Els Bos"


def test_ones_own_booking_is_handed_on_to_a_caller_and_stays_booked_by_whoever_did(program):
    gerda = program(GERDA)
    booking = gerda.post("/bookings", wish("VZ-001", attendees=8)).json
    theirs = gerda.patch(f"/bookings/{booking['id']}", {"caller": WHOM}).json
    assert [theirs[name] for name in ("organiser", "booked_by", "organisation")] == [None, GERDA, "VER"]


def test_whoever_is_no_party_or_no_front_desk_hands_it_to_no_caller(program):
    mine = program(ANN).post("/bookings", wish("VZ-103", title="Overleg")).json
    for who in (ANN, BRAM, FARID):
        assert program(who).patch(f"/bookings/{mine['id']}", {"caller": WHOM}).status_code == 403


def test_a_caller_stays_when_something_else_is_changed(program):
    gerda = program(GERDA)
    booking = gerda.post("/bookings", asked()).json
    changed = gerda.patch(f"/bookings/{booking['id']}", {"attendees": 9, "title": "Feest"}).json
    assert (changed["organiser"], changed["caller"], changed["attendees"]) == (None, WHOM, 9)


@pytest.mark.parametrize(
    "changes", [{"caller": None}, {"caller": WHOM, "on_behalf_of": KAAT}, {"caller": {"name": ""}}]
)
def test_a_caller_is_not_taken_away_but_replaced(program, changes):
    gerda = program(GERDA)
    booking = gerda.post("/bookings", asked()).json
    answer = gerda.patch(f"/bookings/{booking['id']}", changes)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["field"].partition(".")[0] == "caller"


def test_a_series_of_a_caller_is_booked_moved_and_cancelled_like_any_other(program):
    gerda = program(GERDA)
    made = gerda.post("/bookings", asked(recurrence="FREQ=WEEKLY;COUNT=3"))
    assert made.status_code == 201, made.json
    first = made.json["items"][0]["id"]
    assert gerda.patch(f"/bookings/{first}?scope=all", {"attendees": 4}).status_code == 200
    assert gerda.delete(f"/bookings/{first}?scope=all").status_code == 200

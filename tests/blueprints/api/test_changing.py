"""Moving, changing, cancelling, and what becomes of a booking on its day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.blueprints.api.asking import codes, moment, wish
from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, GERDA, HUGO, INES, KAAT, at

pytestmark = pytest.mark.usefixtures("colleagues")


def test_a_move_is_judged_as_a_new_booking(program):
    ann = program(ANN)
    booked = ann.post("/bookings", wish(title="Overleg")).json
    program(BRAM).post("/bookings", wish(start="13:00", end="14:00"))
    refused = ann.patch(f"/bookings/{booked['id']}", {"start": moment("13:00"), "end": moment("14:00")})
    assert (refused.status_code, codes(refused)) == (409, ["space_taken"])
    assert refused.json["alternatives"]
    moved = ann.patch(f"/bookings/{booked['id']}", {"start": moment("15:00"), "end": moment("16:00"), "attendees": 9})
    assert moved.status_code == 200
    assert (moved.json["start"], moved.json["attendees"], moved.json["title"]) == (moment("15:00"), 9, "Overleg")
    assert (moved.json["uid"], moved.json["sequence"]) == (booked["uid"], booked["sequence"] + 1)


def test_null_takes_a_value_away(program):
    ann = program(ANN)
    booked = ann.post("/bookings", wish(title="Overleg", attendees=8)).json
    changed = ann.patch(f"/bookings/{booked['id']}", {"title": None, "attendees": None}).json
    assert (changed["title"], changed["attendees"]) == (None, None)


@pytest.mark.parametrize(
    ("scope", "moved"), [(None, [2]), ("this", [2]), ("following", [2, 3, 4]), ("all", [1, 2, 3, 4])]
)
def test_a_change_reaches_as_far_in_its_series_as_asked(program, scope, moved):
    ann = program(ANN)
    series = ann.post("/bookings", wish("VZ-103", recurrence="FREQ=WEEKLY;COUNT=3")).json["items"]
    series += (ann.post("/bookings", wish("VZ-104", day="2027-03-15")).json,)
    second = ann.post("/bookings", wish("VZ-106", recurrence="FREQ=DAILY;COUNT=4")).json["items"]
    where = f"?scope={scope}" if scope else ""
    answer = ann.patch(
        f"/bookings/{second[1]['id']}{where}",
        {"start": moment("11:00", "2027-03-09"), "end": moment("12:30", "2027-03-09")},
    )
    assert answer.status_code == 200
    now_at = [ann.get(f"/bookings/{each['id']}").json["start"][11:16] for each in second]
    assert now_at == ["11:00" if number in moved else "09:00" for number in (1, 2, 3, 4)]
    assert all(ann.get(f"/bookings/{each['id']}").json == each for each in series)


def test_a_series_is_moved_whole_or_not_at_all(program):
    ann = program(ANN)
    series = ann.post("/bookings", wish("VZ-103", recurrence="FREQ=WEEKLY;COUNT=3")).json["items"]
    program(BRAM).post("/bookings", wish("VZ-103", start="11:00", end="12:00", day="2027-03-15"))
    answer = ann.patch(f"/bookings/{series[0]['id']}?scope=all", {"start": moment("11:00"), "end": moment("12:00")})
    assert answer.status_code == 409
    assert [each["start"] for each in answer.json["refused"]] == [moment("11:00", "2027-03-15")]
    assert [ann.get(f"/bookings/{each['id']}").json for each in series] == series


@pytest.mark.parametrize(("scope", "gone"), [("this", [2]), ("following", [2, 3]), ("all", [1, 2, 3])])
def test_cancelling_reaches_as_far_as_asked_and_twice_is_once(program, scope, gone):
    ann = program(ANN)
    series = ann.post("/bookings", wish("VZ-103", recurrence="FREQ=WEEKLY;COUNT=3")).json["items"]
    answer = ann.delete(f"/bookings/{series[1]['id']}?scope={scope}")
    assert (answer.status_code, answer.json["status"]) == (200, "cancelled")
    states = [ann.get(f"/bookings/{each['id']}").json["status"] for each in series]
    assert states == ["cancelled" if number in gone else "confirmed" for number in (1, 2, 3)]
    assert ann.delete(f"/bookings/{series[1]['id']}?scope={scope}").json == answer.json


@pytest.mark.parametrize(
    ("who", "space", "stranger", "status"),
    [
        (ANN, "VZ-103", BRAM, 403),  # sees its title
        (ANN, "VZ-103", DORA, 404),  # another organisation sees it busy
        (ANN, "VZ-103", KAAT, 404),
        (DORA, "VZ-103", ANN, 404),  # professional secrecy
        (DORA, "VZ-103", FARID, 404),  # of the facility manager too
        (ANN, "VZ-103", FARID, 200),
    ],
)
def test_who_sees_it_busy_does_not_find_it_and_who_sees_more_may_not(program, who, space, stranger, status):
    booked = program(who).post("/bookings", wish(space, title="Overleg")).json
    address = f"/bookings/{booked['id']}"
    other = program(stranger)
    calls = [
        other.patch(address, {"title": "x"}),
        other.post(f"{address}/check-in"),
        other.post(f"{address}/release"),
        other.delete(address),
    ]
    expected = [status] * 4 if status != 200 else [200, 422, 200, 422]
    assert [answer.status_code for answer in calls] == expected
    decided = other.post(f"{address}/approve"), other.post(f"{address}/decline", {"reason": "Bezet"})
    assert [answer.status_code for answer in decided] == [403 if status == 200 else status] * 2
    if status != 200:
        assert program(who).get(address).json == booked


def test_people_arrive_and_leave(program, clock):
    ann = program(ANN)
    address = f"/bookings/{ann.post('/bookings', wish()).json['id']}"
    early = ann.post(f"{address}/check-in")
    assert (early.status_code, codes(early)) == (422, ["wrong_status"])
    clock.instant = at(moment("08:45")[:16])
    arrived = ann.post(f"{address}/check-in")
    assert (arrived.status_code, arrived.json["status"]) == (200, "checked_in")
    assert arrived.json["checked_in_at"] == moment("08:45")
    clock.instant += timedelta(minutes=30)
    assert ann.post(f"{address}/check-in").json == arrived.json
    assert ann.post(f"{address}/release").json["status"] == "completed"
    assert ann.post(f"{address}/check-in").status_code == 422


def test_a_hall_waits_for_the_protocol_officer(program):
    ann, hugo = program(ANN), program(HUGO)
    booked = ann.post("/bookings", wish("PZ-03", start="10:00", end="11:00", attendees=10, title="Ontvangst")).json
    assert (booked["status"], booked["approvals_awaited"]) == ("pending", ["protocol_officer"])
    address = f"/bookings/{booked['id']}"
    assert ann.post(f"{address}/approve").status_code == 403
    approved = hugo.post(f"{address}/approve")
    assert (approved.status_code, approved.json["status"]) == (200, "confirmed")
    assert hugo.post(f"{address}/approve").json["status"] == "confirmed"
    late = hugo.post(f"{address}/decline", {"reason": "Te laat"})
    assert (late.status_code, codes(late)) == (422, ["wrong_status"])


def test_who_is_declined_reads_why(program):
    ann, hugo = program(ANN), program(HUGO)
    address = f"/bookings/{ann.post('/bookings', wish('PZ-03', start='10:00', end='11:00', attendees=10)).json['id']}"
    assert hugo.post(f"{address}/decline", {"reason": "De zaal wordt geschilderd"}).json["status"] == "declined"
    assert ann.get(address).json["status_reason"] == "De zaal wordt geschilderd"


def test_the_coordinator_of_a_service_is_party_to_its_talks(program):
    booked = (
        program(ANN).post("/bookings", wish("SK-01", end="09:30", service="GEM-BEV", attendees=2, privacy="title")).json
    )
    changed = program(CHRIS).patch(f"/bookings/{booked['id']}", {"attendees": 3})
    assert (changed.status_code, changed.json["attendees"]) == (200, 3)
    assert program(INES).patch(f"/bookings/{booked['id']}", {"attendees": 2}).status_code == 404
    assert program(GERDA).patch(f"/bookings/{booked['id']}", {"attendees": 2}).status_code == 403


@pytest.mark.parametrize(
    ("who", "to", "status"),
    [
        (ANN, BRAM, 200),
        (ANN, DORA, 403),
        (ANN, "nobody.here", 403),  # as of somebody for whom she may not book
        (ANN, None, 400),
        (ANN, 5, 400),
        (FARID, DORA, 403),
        (FARID, FARID, 403),  # no party to it
        (BRAM, BRAM, 403),
        (DORA, DORA, 404),
    ],
)
def test_a_booking_is_handed_on_by_its_party_to_whom_they_may_book_for(program, who, to, status):
    booked = program(ANN).post("/bookings", wish(title="Overleg")).json
    answer = program(who).patch(f"/bookings/{booked['id']}", {"on_behalf_of": to})
    assert answer.status_code == status
    if status == 400:
        assert [each["field"] for each in answer.json["errors"]] == ["on_behalf_of"]
    mine = [program(each).get("/bookings?mine=1").json["items"] for each in (ANN, BRAM, DORA)]
    assert [len(each) for each in mine] == [int(each == (to if status == 200 else ANN)) for each in (ANN, BRAM, DORA)]


def test_whoever_hands_a_booking_on_is_told_what_became_of_it_and_no_more_after_that(program):
    ann = program(ANN)
    booked = ann.post("/bookings", wish(title="Overleg", note="Met koffie")).json
    answer = ann.patch(f"/bookings/{booked['id']}", {"on_behalf_of": BRAM}).json
    told = [answer[name] for name in ("organiser", "booked_by", "note", "sequence")]
    assert told == [BRAM, BRAM, "Met koffie", 1]
    assert ann.get(f"/bookings/{booked['id']}").json.keys() == {
        "id",
        "space",
        "kind",
        "start",
        "end",
        "status",
        "title",
        "organisation",
        "layout",
        "attendees",
        "privacy",
    }
    assert program(BRAM).get(f"/bookings/{booked['id']}").json == answer
    assert "organiser" not in program(FARID).patch(f"/bookings/{booked['id']}", {"on_behalf_of": ANN}).json


def test_a_series_is_handed_on_as_far_as_asked_and_judged_for_who_gets_it(program):
    ann, bram = program(ANN), program(BRAM)
    desks = {"start": "07:00", "end": "12:30"}
    dates = ann.post("/bookings", wish("WP-1BUR-01", recurrence="FREQ=DAILY;COUNT=3", **desks)).json["items"]
    bram.post("/bookings", wish("WP-1BUR-02", day="2027-03-10", **desks))
    refused = ann.patch(f"/bookings/{dates[0]['id']}?scope=all", {"on_behalf_of": BRAM})
    assert refused.status_code == 409
    assert [codes_of["code"] for date in refused.json["refused"] for codes_of in date["refusals"]] == ["person_busy"]
    assert ann.patch(f"/bookings/{dates[1]['id']}", {"on_behalf_of": BRAM}).status_code == 200
    assert [len(each.get("/bookings?mine=1").json["items"]) for each in (ann, bram)] == [2, 2]

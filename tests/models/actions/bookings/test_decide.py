"""Requests: who is asked, until when they keep their place, and what becomes of many at once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from models.actions.bookings.book import book
from models.actions.bookings.change import change
from models.actions.bookings.decide import approve, approve_all, decline_all
from models.actions.bookings.expire_pending import expire_pending
from models.queries import due
from models.queries.bookings import booked as booking_by_id
from models.queries.people import person_by_username
from models.rules.judging.holding import NOT_ANSWERED
from models.rules.refusals import BadRequest, NotFound
from models.tables.db import db
from tests.cast import ANN, BRAM, ELS, FARID, GERDA, HUGO, KAAT, MARC, NOW, ask, at

TUESDAY, IN_A_MONTH = "2027-03-09", "2027-04-06"

pytestmark = pytest.mark.usefixtures("demo")


def person(username: str):
    return person_by_username(username)


def booked(who: str, space: str, start: str, end: str, now=NOW, **more):
    return book(ask(space, start, end, **more), person(who), now).bookings[0]


def asked(start: str = "13:00", end: str = "15:00", day: str = TUESDAY):
    return booked(KAAT, "VZ-001", f"{day}T{start}", end, attendees=10, title="Rehearsal")


def mails(kind: str) -> list:
    """Username and number of bookings of each mail of a kind."""
    rows = db.session.execute(
        text(
            "SELECT person.username, outbox.facts FROM outbox JOIN person ON person.id = "
            "outbox.recipient_id WHERE kind = :kind ORDER BY outbox.id"
        ),
        {"kind": kind},
    )
    return [(who, json.loads(facts) if isinstance(facts, str) else facts) for who, facts in rows]


def recipients(kind: str) -> list[str]:
    return sorted(who for who, _facts in mails(kind))


def entries(action: str) -> int:
    return db.session.execute(
        text("SELECT count(*) FROM audit_entry WHERE action = :action"), {"action": action}
    ).scalar_one()


def status(booking) -> str:
    return booking_by_id(booking.id).status


def test_a_request_keeps_its_place_until_a_set_time_and_another_booking_does_not_need_to():
    assert asked(day=IN_A_MONTH).hold_until == at("2027-03-10T17:00")
    assert asked().hold_until == at("2027-03-05T17:00")  # within a week: two working days
    assert booked(ANN, "VZ-104", f"{TUESDAY}T09:00", "10:00").hold_until is None


def test_whoever_may_give_the_word_is_asked_in_one_mail_each():
    asked()
    receptionists = recipients("to_approve")
    assert GERDA in receptionists
    assert FARID not in receptionists
    assert len(receptionists) == len(set(receptionists))
    booked(KAAT, "VZ-001", "2027-03-11T17:00", "20:00", attendees=10, key_holder=MARC)  # two words are awaited
    assert sorted(set(recipients("to_approve"))) == sorted({*receptionists, FARID})


def test_what_needs_nobodys_word_asks_nobody():
    booked(ANN, "VZ-104", f"{TUESDAY}T09:00", "10:00")
    booked(HUGO, "VZ-201", f"{TUESDAY}T09:00", "10:00")
    assert mails("to_approve") == []


def test_the_dates_of_a_series_are_asked_for_in_one_mail():
    booked(ANN, "VZ-201", f"{TUESDAY}T09:00", "10:00", recurrence="FREQ=WEEKLY;COUNT=3")
    ((who, facts),) = mails("to_approve")
    assert who == HUGO
    assert len(facts["bookings"]) == 3


def test_who_decides_learns_of_another_organisations_request_no_more_than_place_time_and_number():
    booked(ELS, "VZ-201", f"{TUESDAY}T14:00", "16:00", attendees=14, title="Case Peeters")
    ((who, facts),) = mails("to_approve")
    (told,) = facts["bookings"]
    assert who == HUGO
    assert (told["space"], told["attendees"]) == ("VZ-201", 14)
    assert (told["title"], told["organiser"], told["organisation"]) == (None, None, None)


def test_several_are_approved_in_one_transaction_and_those_that_cannot_be_are_named():
    first, second, gone = asked("09:00", "10:00"), asked("13:00", "14:00"), asked("15:00", "16:00")
    decline_all([gone.id], person(GERDA), NOW, "The council meets")
    decided = approve_all([first.id, second.id, gone.id, second.id, 999_999], person(GERDA), NOW)
    assert [each.status for each in decided.bookings] == ["confirmed", "confirmed"]
    assert [(booking.id, refused.refusals[0].code) for booking, refused in decided.left] == [(gone.id, "wrong_status")]
    assert recipients("approved") == [KAAT, KAAT]
    assert entries("approve") == 2


def test_the_dates_of_a_series_are_decided_in_one_mail():
    dates = book(ask("VZ-201", f"{TUESDAY}T09:00", "10:00", recurrence="FREQ=WEEKLY;COUNT=3"), person(ANN), NOW)
    approve_all([each.id for each in dates.bookings], person(HUGO), NOW)
    ((who, facts),) = mails("approved")
    assert who == ANN
    assert len(facts["bookings"]) == 3


def test_approving_twice_answers_the_same_and_tells_once():
    request = asked()
    for _time in range(2):
        assert [each.status for each in approve_all([request.id], person(GERDA), NOW).bookings] == ["confirmed"]
    assert recipients("approved") == [KAAT]
    assert booking_by_id(request.id).sequence == 1


def test_what_waits_for_others_stays_out_of_it():
    """Nor does the answer say whether there is such a booking."""
    request = booked(ELS, "VZ-201", f"{TUESDAY}T14:00", "16:00", attendees=14)
    for decided in (approve_all([request.id], person(GERDA), NOW), decline_all([request.id], person(GERDA), NOW, "no")):
        assert decided == type(decided)()
        assert status(request) == "pending"


def test_a_reason_is_needed_and_who_lost_the_role_meanwhile_decides_nothing():
    request, gerda = asked(), person(GERDA)
    with pytest.raises(BadRequest):
        decline_all([request.id], gerda, NOW, " \n ")
    with pytest.raises(BadRequest):
        approve_all(range(201), gerda, NOW)
    db.session.execute(
        text("DELETE FROM person_role WHERE person_id = :id AND role = 'receptionist'"), {"id": gerda.id}
    )
    db.session.commit()
    assert approve_all([request.id], gerda, NOW).bookings == ()
    with pytest.raises(NotFound):
        approve(request.id, gerda, NOW)
    assert status(request) == "pending"


def test_a_request_that_nobody_answered_gives_its_place_back_and_whoever_asked_hears_why():
    request = asked()
    assert expire_pending(request.hold_until - timedelta(seconds=1)) == 0
    assert status(request) == "pending"
    assert expire_pending(request.hold_until) == 1
    assert expire_pending(request.hold_until) == 0
    after = booking_by_id(request.id)
    assert (after.status, after.status_reason) == ("declined", NOT_ANSWERED)
    assert recipients("declined") == [KAAT]
    assert entries("expire") == 1
    assert booked(BRAM, "VZ-001", f"{TUESDAY}T13:00", "15:00", request.hold_until).status == "confirmed"


def test_a_request_that_is_approved_between_its_number_and_itself_being_read_stands(monkeypatch):
    request, read = asked(), due.booked_where

    def approved_meanwhile(condition):
        approve(request.id, person(GERDA), NOW)
        return read(condition)

    monkeypatch.setattr(due, "booked_where", approved_meanwhile)
    assert expire_pending(request.hold_until) == 0
    assert status(request) == "confirmed"
    assert recipients("declined") == []


def test_the_dates_of_a_series_that_nobody_answered_are_told_in_one_mail_and_an_answered_one_stands():
    series = book(ask("VZ-201", "2027-04-06T09:00", "10:00", recurrence="FREQ=WEEKLY;COUNT=3"), person(ANN), NOW)
    approve(series.bookings[1].id, person(HUGO), NOW)
    assert expire_pending(at("2027-03-10T17:00")) == 2
    assert [status(each) for each in series.bookings] == ["declined", "confirmed", "declined"]
    ((_who, facts),) = mails("declined")
    assert len(facts["bookings"]) == 2


def test_an_idle_round_is_one_question_and_takes_no_lock(counted_queries):
    asked()
    expire_pending(NOW)
    with counted_queries() as counted:
        assert expire_pending(NOW) == 0
    assert counted.number == 1


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ({"attendees": 8}, "confirmed"),
        ({"end": at(f"{TUESDAY}T10:30")}, "confirmed"),
        ({"start": at(f"{TUESDAY}T09:30"), "attendees": 9}, "confirmed"),
        ({"title": "Another"}, "confirmed"),
        ({"attendees": 11}, "pending"),
        ({"end": at(f"{TUESDAY}T11:30")}, "pending"),
        ({"start": at(f"{TUESDAY}T13:00"), "end": at(f"{TUESDAY}T14:00")}, "pending"),
        ({"layout": "ushape"}, "pending"),
        ({"space": "PZ-01"}, "pending"),
        ({"space": "VZ-203", "attendees": 8}, "confirmed"),  # nobody decides there
    ],
)
def test_what_was_approved_asks_again_when_it_grows_and_not_when_it_shrinks(changes, after):
    college = booked(ANN, "VZ-201", f"{TUESDAY}T09:00", "11:00", attendees=10)
    approve(college.id, person(HUGO), NOW)
    changed = change(college.id, changes, person(ANN), NOW + timedelta(hours=1))
    assert changed.status == after
    assert recipients("to_approve") == [HUGO] * (2 if after == "pending" else 1)
    if after == "pending":
        assert changed.awaited_roles == {"protocol_officer"}
        assert changed.hold_until > NOW + timedelta(hours=1)


def test_a_request_that_shrinks_keeps_the_words_it_has_and_its_time_and_asks_nobody_again():
    evening = booked(KAAT, "VZ-001", f"{TUESDAY}T17:00", "20:00", attendees=10, key_holder=MARC)
    approve(evening.id, person(GERDA), NOW)
    before = len(mails("to_approve"))
    smaller = change(evening.id, {"attendees": 6}, person(KAAT), NOW + timedelta(hours=3))
    assert (smaller.status, smaller.awaited_roles, smaller.hold_until) == (
        "pending",
        {"facility_manager"},
        evening.hold_until,
    )
    assert len(mails("to_approve")) == before
    assert approve(evening.id, person(FARID), NOW).status == "confirmed"

"""R18: whoever does not come gives the place back, and what is over is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from models.actions.bookings.attend import check_in
from models.actions.bookings.book import book
from models.actions.bookings.change import change
from models.actions.bookings.complete_past import complete_past
from models.actions.bookings.release_no_shows import release_no_shows
from models.queries.bookings import booked as booking_by_id
from models.queries.house import the_house
from models.queries.occupancy import people_expected
from models.queries.people import person_by_username
from models.rules.times.interval import Interval
from models.tables.db import db
from tests.cast import ANN, BRAM, DORA, FARID, HUGO, KAAT, NOW, ask, at

MONDAY, TUESDAY = "2027-03-08", "2027-03-09"

pytestmark = pytest.mark.usefixtures("demo")


def booked(who: str, space: str, start: str, end: str, now=NOW, **more):
    return book(ask(space, f"{MONDAY}T{start}", end, **more), person_by_username(who), now).bookings[0]


def status(booking) -> str:
    return booking_by_id(booking.id).status


def told(kind: str) -> list[str]:
    return list(
        db.session.execute(
            text(
                "SELECT person.username FROM outbox JOIN person ON person.id = "
                "outbox.recipient_id WHERE kind = :kind ORDER BY 1"
            ),
            {"kind": kind},
        ).scalars()
    )


def entries(action: str) -> list[tuple]:
    return db.session.execute(
        text("SELECT actor_id, thing_id FROM audit_entry WHERE action = :action"), {"action": action}
    ).all()


@pytest.mark.parametrize(
    ("space", "end", "kept_for"),
    [("VZ-104", "12:00", 15), ("SK-01", "10:00", 10), ("LK-01", "12:00", 30), ("OR-06", "10:00", 15)],
)
def test_each_space_waits_as_long_as_its_policy_says(space, end, kept_for):
    booking = booked(ANN, space, "09:00", end)
    assert release_no_shows(booking.during.start + timedelta(minutes=kept_for, seconds=-1)) == 0
    assert release_no_shows(booking.during.start + timedelta(minutes=kept_for)) == 1
    assert status(booking) == "released"


def test_whoever_did_not_come_hears_of_it_once_and_the_room_is_free_for_others():
    room = booked(ANN, "VZ-104", "09:00", "12:00", attendees=4)
    late = at(f"{MONDAY}T09:15")
    assert (release_no_shows(late), release_no_shows(late)) == (1, 0)
    assert told("released") == [ANN]
    assert entries("release_no_show") == [(None, str(room.id))]
    assert booking_by_id(room.id).sequence == 1
    assert booked(BRAM, "VZ-104", "09:15", "10:00", late, attendees=4).status == "confirmed"


def test_whoever_checked_in_keeps_the_room_and_a_request_is_not_a_no_show():
    room, waits = booked(ANN, "VZ-104", "09:00", "12:00"), booked(ANN, "VZ-201", "09:00", "12:00")
    check_in(room.id, person_by_username(ANN), at(f"{MONDAY}T08:55"))
    assert release_no_shows(at(f"{MONDAY}T11:00")) == 0
    assert (status(room), status(waits)) == ("checked_in", "pending")


def test_ceremonial_halls_and_coffee_corners_wait_for_ever():
    hall, coffee = booked(HUGO, "PZ-01", "09:00", "12:00"), booked(ANN, "KH-01", "09:00", "09:30", attendees=3)
    assert release_no_shows(at(f"{MONDAY}T13:00")) == 0
    assert complete_past(at(f"{MONDAY}T13:00")) == 0
    assert (status(hall), status(coffee)) == ("confirmed", "confirmed")


def test_a_desk_taken_when_the_morning_had_begun_is_kept_for_its_hour():
    desk = booked(ANN, "WP-1BUR-03", "07:00", "12:30", at(f"{MONDAY}T09:10"))
    assert release_no_shows(at(f"{MONDAY}T10:09")) == 0
    assert release_no_shows(at(f"{MONDAY}T10:10")) == 1
    assert status(desk) == "released"


def test_a_booking_moved_into_what_is_running_is_waited_for_from_then_on():
    room = booked(ANN, "VZ-104", "11:00", "12:00", attendees=4)
    change(
        room.id,
        {"start": at(f"{MONDAY}T09:00"), "end": at(f"{MONDAY}T12:00")},
        person_by_username(ANN),
        at(f"{MONDAY}T09:10"),
    )
    assert release_no_shows(at(f"{MONDAY}T09:20")) == 0
    assert release_no_shows(at(f"{MONDAY}T09:25")) == 1


@pytest.mark.parametrize(("mode", "freed"), [("enforce", 1), ("warn", 0), ("off", 0), (None, 1)])
def test_a_rule_that_only_warns_frees_nothing(mode, freed):
    booked(ANN, "VZ-104", "09:00", "12:00", attendees=4)
    db.session.execute(text("UPDATE occupancy_rule SET mode = :mode WHERE code = 'R18'"), {"mode": mode})
    db.session.commit()
    assert release_no_shows(at(f"{MONDAY}T09:30")) == freed


def test_many_are_freed_and_only_one_question_is_asked_where_there_is_nothing_to_free(counted_queries):
    rooms = [
        booked(who, room, start, end, attendees=4)
        for who, room in ((ANN, "VZ-103"), (DORA, "VZ-104"))
        for start, end in (("09:00", "09:30"), ("10:00", "10:30"))
    ]
    assert release_no_shows(at(f"{MONDAY}T10:20")) == 4
    assert {status(each) for each in rooms} == {"released"}  # those that were over were not attended either
    the_house()
    with counted_queries() as counted:
        assert release_no_shows(at(f"{MONDAY}T10:20")) == 0
    assert counted.number == 1


def test_whoever_stayed_until_the_end_has_left_and_still_counts_for_that_time():
    stayed, runs, absent = (
        booked(ANN, "VZ-104", "09:00", "10:00", attendees=4),
        booked(BRAM, "VZ-105", "09:00", "11:00", attendees=4),
        booked(KAAT, "OR-01", "09:00", "10:00", attendees=4),
    )
    for booking, who in ((stayed, ANN), (runs, BRAM)):
        check_in(booking.id, person_by_username(who), at(f"{MONDAY}T09:00"))
    assert complete_past(at(f"{MONDAY}T09:59")) == 0
    assert (complete_past(at(f"{MONDAY}T10:00")), complete_past(at(f"{MONDAY}T10:00"))) == (1, 0)
    assert [status(each) for each in (stayed, runs)] == ["completed", "checked_in"]
    assert status(absent) != "completed"
    assert len(entries("complete")) == 1
    assert told("released") == []
    morning = Interval(at(f"{MONDAY}T09:00"), at(f"{MONDAY}T10:00"))
    rooms = [the_house().spaces[code] for code in ("VZ-104", "VZ-105")]
    assert sum(each.persons for each in people_expected(the_house(), rooms, morning)) == 8


def test_a_worker_that_stood_still_for_long_frees_nothing_that_is_long_over():
    room = booked(FARID, "VZ-104", "09:00", "10:00", attendees=4)
    assert release_no_shows(at("2027-03-12T09:00")) == 0
    assert status(room) == "confirmed"

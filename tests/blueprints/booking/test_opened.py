"""Whoever opens a talk in confidence of somebody else leaves a line: who, which, when, and whether by a program."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text

from models.actions.people.create_token import create_token
from models.queries.people import person_by_username
from models.queries.revisions import revisions
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.log import Opened
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.blueprints.booking.reading import Page
from tests.cast import ANN, BRAM, CHRIS, DORA, FARID, GERDA, NOW
from tests.delegates import let_book_for

MONDAY = "2027-03-08"
WORKER, HER_DELEGATE = "maatschappelijk.werker.01", "maatschappelijk.werker.02"  # with clients of the living wage


@pytest.fixture
def talk(booked):
    """Of a social worker with a client: DORA coordinates the service."""
    return booked(WORKER, "SK-05", f"{MONDAY}T09:00", "09:30", attendees=2, service="OCMW-LEE")


@pytest.fixture
def lines(demo_app):
    """What stands in the log of views: who, and whether by a program."""

    def read() -> list[tuple[str, bool]]:
        with demo_app.app_context():
            found = select(PersonRow.username, Opened.by_program).join(PersonRow, PersonRow.id == Opened.person_id)
            return [tuple(row) for row in db.session.execute(found.order_by(Opened.at, Opened.person_id))]

    return read


@pytest.mark.parametrize("door", ["", "/why", "/change", "/cancel"])
def test_a_coordinator_who_opens_it_leaves_a_line_on_whatever_page(talk, lines, browser_of, door):
    assert browser_of(DORA).get(f"/bookings/{talk.handle}{door}").status_code == 200
    assert lines() == [(DORA, False)]


def test_so_does_a_program(talk, lines, demo_app):
    with demo_app.app_context():
        token = create_token(DORA, "read", NOW)
    asked = {"Authorization": f"Bearer {token}"}
    answer = demo_app.test_client().get(f"/api/v1/bookings/{talk.handle}", headers=asked)
    assert answer.json["service"] == "OCMW-LEE"
    assert lines() == [(DORA, True)]


def test_one_line_an_hour_however_often_somebody_looks(talk, lines, browser_of, clock):
    dora = browser_of(DORA)
    for minutes in (0, 10, 59, 60, 61):
        clock.instant = NOW + timedelta(minutes=minutes)
        dora.get(f"/bookings/{talk.handle}")
    assert lines() == [(DORA, False)] * 2


def test_whoever_has_the_talk_or_booked_it_leaves_none(demo_app, lines, browser_of, booked):
    """Of them it would only tell how they work."""
    with demo_app.test_request_context():
        let_book_for(WORKER, HER_DELEGATE)
    made = booked(
        HER_DELEGATE, "SK-05", f"{MONDAY}T09:00", "09:30", attendees=2, service="OCMW-LEE", on_behalf_of=WORKER
    )
    for who in (WORKER, HER_DELEGATE):
        assert browser_of(who).get(f"/bookings/{made.handle}").status_code == 200
    assert lines() == []


def test_nor_does_whoever_sees_no_more_than_that_the_place_is_taken(talk, lines, browser_of):
    for who in (ANN, FARID, GERDA):
        browser_of(who).get(f"/bookings/{talk.handle}")
    assert lines() == []


def test_a_list_is_no_view_and_a_meeting_that_is_no_secret_leaves_no_line(talk, lines, browser_of, booked):
    meeting = booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=8)
    for who, address in ((DORA, "/mine"), (DORA, f"/booths?date={MONDAY}"), (CHRIS, f"/bookings/{meeting.handle}")):
        assert browser_of(who).get(address).status_code == 200
    assert lines() == []


def test_the_answer_is_there_before_the_line_is_written(talk, lines, browser_of):
    """No reader waits for a writer: what is read is read before anything is asked to be written."""
    answer = browser_of(DORA).get(f"/bookings/{talk.handle}", buffered=False)
    assert (answer.status_code, "SK-05" in answer.text) == (200, True)
    assert lines() == []
    answer.close()
    assert lines() == [(DORA, False)]


def test_a_line_that_cannot_be_written_fails_nobody(talk, demo_app, browser_of, caplog):
    dora = browser_of(DORA)
    with demo_app.app_context(), write_transaction():
        db.session.execute(text("DROP TABLE opened"))
    assert dora.get(f"/bookings/{talk.handle}").status_code == 200
    assert "could not be written down" in caplog.text


def test_nobody_can_tell_that_somebody_looked(talk, demo_app, browser_of):
    dora, bram, ways = browser_of(DORA), browser_of(BRAM), (f"/booths?date={MONDAY}", f"/bookings/{talk.handle}")

    def seen():
        with demo_app.app_context():
            counted = revisions()
        answers = [bram.get(way) for way in ways]
        return counted, [(each.headers.get("ETag"), Page(each).text) for each in answers]

    seen()  # whoever looks the first time has their own last use written down
    before = seen()
    dora.get(f"/bookings/{talk.handle}")
    assert seen() == before


def test_lines_go_with_their_booking(talk, lines, demo_app, browser_of):
    browser_of(DORA).get(f"/bookings/{talk.handle}")
    assert lines() == [(DORA, False)]
    with demo_app.app_context(), write_transaction():
        db.session.execute(delete(Booking).where(Booking.id == talk.id))
    assert lines() == []


def test_the_line_says_when_and_which(talk, demo_app, browser_of, clock):
    clock.instant = NOW + timedelta(minutes=25)
    browser_of(DORA).get(f"/bookings/{talk.handle}")
    with demo_app.app_context():
        [line] = db.session.scalars(select(Opened))
        dora = person_by_username(DORA)
        assert (line.booking_id, line.person_id, line.hour, line.at) == (talk.id, dora.id, NOW, clock.instant)

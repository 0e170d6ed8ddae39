"""Outside the house a booking is called by its handle: nothing that people or programs meet counts up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text

from models.rules.people.handles import READ_AS_NO_OTHER, is_handle, new_handle
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.transaction import write_transaction
from tests.cast import ANN, BRAM, CHRIS, DORA

MONDAY = "2027-03-08"


@pytest.fixture
def meeting(booked):
    return booked(ANN, "VZ-104", f"{MONDAY}T10:00", "11:00", attendees=5, title="Street plan")


def test_a_handle_is_drawn_from_letters_and_digits_that_read_as_no_other():
    drawn = {new_handle() for _each in range(500)}
    assert len(drawn) == 500
    assert all(is_handle(each) and set(each) <= set(READ_AS_NO_OTHER) for each in drawn)
    assert not any(map(is_handle, ("", "12", "x" * 15, "x" * 17, "٣" * 16, "../../../../../e")))


def test_each_date_of_a_series_has_a_handle_that_says_nothing_of_the_others(demo_app, booked):
    booked(ANN, "VZ-105", f"{MONDAY}T10:00", "11:00", recurrence="FREQ=WEEKLY;COUNT=3")
    with demo_app.test_request_context():
        handles = db.session.scalars(text("SELECT handle FROM booking ORDER BY id")).all()
    assert len(set(handles)) == 3
    assert all(map(is_handle, handles))


def test_the_database_draws_one_by_itself_for_whatever_is_written_past_the_house(demo_app, meeting):
    """As a repair by hand would write it: without a word of handles."""
    with demo_app.test_request_context():
        columns = ", ".join(each.name for each in Booking.__table__.columns if each.name not in ("id", "handle"))
        values = columns.replace("status,", "'cancelled',", 1)
        for _each in range(2):
            db.session.execute(text(f"INSERT INTO booking ({columns}) SELECT {values} FROM booking LIMIT 1"))
        handles = db.session.scalars(text("SELECT handle FROM booking WHERE status = 'cancelled'")).all()
        db.session.rollback()
    assert len(set(handles)) == 2
    assert all(is_handle(each) and not set(each) & set("01") for each in handles)


@pytest.fixture
def from_before(demo_app, clock):
    """Whatever there is was made while numbers stood in addresses; it is the day after."""

    def made_before():
        with demo_app.test_request_context(), write_transaction():
            for table, column in (("booking", "created_at"), ("receipt", "at")):
                db.session.execute(text(f"UPDATE {table} SET {column} = :then"), {"then": "2026-11-29 12:00:00+00:00"})
        clock.instant = datetime(2026, 12, 1, tzinfo=UTC)

    return made_before


def test_an_old_numbered_address_leads_on_whoever_is_party_and_for_thirty_days(browser_of, meeting, from_before, clock):
    ann, bram, chris = browser_of(ANN), browser_of(BRAM), browser_of(CHRIS)
    old = f"/bookings/{meeting.id}"
    from_before()
    led = ann.get(f"{old}/change?start={MONDAY}T12:00")
    assert (led.status_code, led.location) == (308, f"/bookings/{meeting.handle}/change?start={MONDAY}T12:00")
    assert ann.get(old).location == f"/bookings/{meeting.handle}"
    nothing = f"/bookings/{meeting.id + 1}"
    for other in (bram, chris):
        assert [other.get(each).status_code for each in (old, nothing)] == [404, 404]
    assert ann.post(f"{old}/cancel").status_code == 404  # what changes something is never led on
    clock.instant = datetime(2026, 12, 30, tzinfo=UTC)
    assert ann.get(old).status_code == 404


def test_the_number_of_what_was_made_since_leads_nobody_on_and_counts_nothing(browser_of, booked, clock):
    ann = browser_of(ANN)
    clock.instant = datetime(2026, 12, 1, tzinfo=UTC)
    made = booked(ANN, "VZ-104", f"{MONDAY}T10:00", "11:00", attendees=5)
    assert ann.get(f"/bookings/{made.id}").status_code == 404


def test_an_old_receipt_leads_on_whoever_asked(browser_of, demo_app, from_before):
    ann = browser_of(ANN)
    form = {"date": MONDAY, "start": "09:00", "end": "10:00", "attendees": "60", "layout": "boardroom"}
    assert ann.post("/rooms/VZ-101/book", data=form).status_code == 422
    with demo_app.test_request_context():
        number, handle = db.session.execute(text("SELECT id, handle FROM receipt")).one()
    from_before()
    assert ann.get(f"/refusals/{number}").location == f"/refusals/{handle}"
    assert browser_of(BRAM).get(f"/refusals/{number}").status_code == 404


def test_no_page_that_shows_a_booking_says_its_number(browser_of, booked, meeting):
    talk = booked(DORA, "SK-05", f"{MONDAY}T09:00", "09:30", attendees=2, service="OCMW-LEE")
    ann = browser_of(ANN)
    for page in ("/mine", f"/rooms?date={MONDAY}", f"/rooms/VZ-104?date={MONDAY}", f"/bookings/{meeting.handle}"):
        found = BeautifulSoup(ann.get(page).text, "html.parser")
        led = [each["href"] for each in found.select("a[href*='/bookings/']")]
        assert all(each.split("/")[2].split("?")[0] == meeting.handle for each in led), page
        assert talk.handle not in str(found)

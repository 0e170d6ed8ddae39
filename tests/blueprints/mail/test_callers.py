"""A caller who gave an address is written to as whoever has an account is, but for links: they sign in nowhere."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.bookings.decide import decline
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.make_plan import make_plan
from models.rules.bookings.fields import Caller
from models.rules.changes.reading import read_changes
from models.rules.people.person import By
from models.tables.db import db
from models.tables.log import OutboxRow
from tests.cast import FARID, GERDA

MONDAY = "2027-03-08"
WIM = Caller("Wim Vos", "Petanqueclub De Zon", "+32 3 555 01 02", "wim@example.org", "fr")
ELS = Caller("Els Bos", email="els@example.org", language="en")


@pytest.fixture(autouse=True)
def everyone_reads_english(town):
    with town.app.app_context():
        db.session.execute(text("UPDATE person SET language = 'en'"))
        db.session.commit()


def booked(town, caller=ELS, space="OR-01", who=GERDA):
    (booking,) = town.book(who, space, f"{MONDAY}T13:00", "14:00", attendees=4, title="Vergadering", caller=caller)
    return booking


def letters_to(town, address: str) -> list:
    return [each for each in town.post() if each["To"].addresses[0].addr_spec == address]


def words(letter) -> str:
    return letter.get_body(("plain",)).get_content()


def whole(letter) -> str:
    return "".join(part.get_content() for part in letter.walk() if part.get_content_maintype() == "text")


def test_a_caller_reads_what_was_booked_in_their_language_and_no_link(town):
    booked(town, WIM)
    (letter,) = letters_to(town, "wim@example.org")
    assert "Bonjour Wim Vos," in words(letter)
    assert "Vergadering" in words(letter)
    assert "http" not in words(letter)
    assert "/bookings/" not in whole(letter)
    assert "+32 3 000 00 00" in words(letter)  # whom to ring instead


def test_whoever_booked_it_is_told_too_and_a_caller_without_address_by_nobody(town):
    booked(town, Caller("Wim Vos"))
    assert [each["To"].addresses[0].display_name for each in town.post()] == ["Onthaalmedewerker Voormiddag"]


def test_the_address_is_forgotten_once_the_letter_is_sent(town):
    booked(town)
    town.post()
    with town.app.app_context():
        assert db.session.scalars(select(OutboxRow.caller)).all() == [None, None]


def test_a_caller_hears_of_a_move_and_of_a_cancellation(town):
    booking = booked(town)
    with town.acting(GERDA) as (gerda, now):
        change(booking.id, {"attendees": 6}, gerda, now)
        cancel(booking.id, gerda, now)
    assert {each["Subject"].partition(":")[0] for each in letters_to(town, "els@example.org")} == {
        "Booked",
        "Changed",
        "Cancelled",
    }


def test_a_caller_hears_that_a_request_was_declined_and_why(town):
    booking = booked(town, space="VZ-001", who=FARID)
    assert booking.status == "pending"
    with town.acting(GERDA) as (gerda, now):
        decline(booking.id, gerda, now, "Verbouwing")
    (letter,) = (each for each in letters_to(town, "els@example.org") if each["Subject"].startswith("Declined"))
    assert "Why: Verbouwing" in words(letter)


def test_handed_to_another_caller_it_leaves_one_calendar_and_enters_the_other(town):
    booking = booked(town)
    with town.acting(GERDA) as (gerda, now):
        change(booking.id, {"caller": WIM}, gerda, now)
    assert any(each["Subject"].startswith("Handed on") for each in letters_to(town, "els@example.org"))
    assert [each["Subject"].partition(" :")[0] for each in letters_to(town, "wim@example.org")] == ["À vous désormais"]


def test_a_plan_writes_to_a_caller_where_it_went(town):
    booked(town, space="OR-02")
    with town.acting(FARID) as (manager, now):
        by = By(manager, now)
        closed = {"scope": "space:OR-02", "set": {"active": False}, "from": MONDAY}
        apply_plan(make_plan(read_changes([closed]), "painting", by), by)
    (letter,) = (each for each in letters_to(town, "els@example.org") if each["Subject"].startswith("Moved"))
    assert "Where: Meeting square (OR-01)" in words(letter)
    assert "Does the new place not suit you? Ask reception." in words(letter)

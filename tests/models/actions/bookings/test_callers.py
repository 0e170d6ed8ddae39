"""A booking of somebody without an account, whatever becomes of it, and of their name."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import delete, select

from models.actions.bookings.book import book
from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.actions.bookings.release_no_shows import release_no_shows
from models.actions.places.set_precedence import PrecedenceWish, add_precedence
from models.actions.plans.make_plan import make_plan
from models.queries.bookings import booked as kept
from models.queries.bookings import bookings_in_series
from models.queries.people import person_by_username
from models.queries.receipts import receipts_of
from models.rules.bookings.fields import Caller
from models.rules.changes.checking import BadChanges
from models.rules.changes.claims import Claim
from models.rules.judging.receipt import judge_again
from models.rules.people.person import By
from models.rules.values import Scope
from models.tables.booking import BookingCaller
from models.tables.db import db
from models.tables.log import AuditEntry, OutboxRow
from models.tables.receipt import ReceiptRow
from models.tables.transaction import write_transaction
from tests.cast import FARID, GERDA, HUGO, KAAT, NOW, ask, at

MONDAY = "2027-03-08"
WIM = Caller("Wim Vos", "De Zon", "+32 3 555 01 02", "wim@example.org", "fr")
ELS = Caller("Els Bos")

pytestmark = pytest.mark.usefixtures("demo")


def person(username: str):
    return person_by_username(username)


def booked(caller: Caller = WIM, space: str = "OR-01", **more):
    return book(ask(space, f"{MONDAY}T13:00", "14:00", attendees=4, caller=caller, **more), person(GERDA), NOW).bookings


def changed(booking, **changes):
    return change(booking.id, changes, person(GERDA), NOW, scope="all")


def forgotten(booking) -> None:
    """As retention takes a name away: the booking stays."""
    with write_transaction():
        db.session.execute(delete(BookingCaller).where(BookingCaller.booking_id == booking.id))


def test_a_name_goes_alone_and_the_booking_is_still_changed_and_cancelled_and_stays_nobodys():
    [booking] = booked()
    forgotten(booking)
    after = changed(booking, attendees=6)
    assert (after.organiser, after.caller, after.organiser_name, after.attendees) == (None, None, None, 6)
    assert (after.organisation, after.booked_by) == ("VER", GERDA)
    cancel(booking.id, person(GERDA), NOW)
    assert kept(booking.id).status == "cancelled"


def test_no_name_of_a_caller_stands_in_the_log_or_in_a_receipt():
    [booking] = booked()
    changed(booking, caller=ELS)
    cancel(booking.id, person(GERDA), NOW)
    told = [*db.session.scalars(select(AuditEntry.facts)), *db.session.scalars(select(ReceiptRow.facts))]
    assert told
    assert not any(word in json.dumps(told) for word in ("Wim", "Els", "555", "example.org", "De Zon"))


CONFIDENTIAL = "OCMW-HVK"


def names_kept() -> list[str]:
    """Whoever is named in a table of bookings, or in mail that waits."""
    waiting = [json.dumps(each) for each in db.session.scalars(select(OutboxRow.caller)) if each]
    return [*db.session.scalars(select(BookingCaller.name)), *waiting]


@pytest.mark.parametrize("space", ["OR-01", "OR-02"])
def test_of_a_confidential_talk_nothing_says_who_the_caller_is_wherever_it_takes_place(space):
    [booking] = booked(space=space, service=CONFIDENTIAL, title="Wim Vos", note="Komt met Els")
    booking = kept(booking.id)
    assert (booking.caller, booking.title, booking.note, booking.organiser) == (None, None, None, None)
    assert booking.visitor_code  # stands for the visitor
    assert "title_not_kept" in {each.code for each in booking.warnings}
    assert names_kept() == []


def test_a_callers_name_goes_when_their_talk_becomes_confidential_and_no_letter_keeps_it():
    [booking] = booked(title="Wim Vos")
    with write_transaction():
        db.session.execute(delete(OutboxRow))
    assert changed(booking, service=CONFIDENTIAL).visitor_code
    booking = kept(booking.id)
    assert (booking.caller, booking.title, booking.organisation) == (None, None, "VER")
    assert names_kept() == []


def test_a_confidential_talk_that_is_handed_to_a_caller_keeps_no_name():
    own = ask("OR-02", f"{MONDAY}T13:00", "14:00", attendees=4, service=CONFIDENTIAL, title="Wim Vos")
    [room] = book(own, person(GERDA), NOW).bookings
    assert kept(room.id).title == "Wim Vos"  # in a room, of whoever has an account
    changed(room, caller=WIM)
    room = kept(room.id)
    assert (room.caller, room.title, room.organiser, room.organisation) == (None, None, None, "VER")
    assert room.visitor_code
    assert names_kept() == []


def test_its_receipts_judge_again_as_was_judged():
    [booking] = booked(space="VZ-001")
    changed(booking, attendees=9)
    receipts = receipts_of(booking.id)
    assert len(receipts) == 2
    assert all(judge_again(each.rulebook, each.met).accepted for each in receipts)


def test_a_series_is_handed_on_whole_and_one_date_of_it_alone():
    dates = booked(recurrence="FREQ=WEEKLY;COUNT=3")
    change(dates[1].id, {"caller": ELS}, person(GERDA), NOW)
    whose = [each.caller for each in bookings_in_series(dates[0].series)]
    assert whose == [WIM, ELS, WIM]
    changed(dates[0], on_behalf_of=KAAT)
    assert {(each.organiser, each.caller) for each in bookings_in_series(dates[0].series)} == {(KAAT, None)}


def test_another_number_of_the_same_caller_asks_for_no_new_word_and_hands_nothing_on():
    [booking] = booked()
    before = db.session.scalars(select(OutboxRow.kind)).all()
    after = changed(booking, caller=Caller("Wim Vos", "De Zon", "+32 3 555 09 09", "wim@example.org", "fr"))
    assert (after.status, after.caller.phone) == ("confirmed", "+32 3 555 09 09")
    assert {*db.session.scalars(select(OutboxRow.kind)).all()[len(before) :]} == {"changed"}


def test_a_caller_who_does_not_come_is_told_that_the_place_is_free_again():
    [booking] = booked(space="VZ-001")
    assert release_no_shows(at(f"{MONDAY}T13:45")) == 1
    kinds = db.session.execute(select(OutboxRow.kind, OutboxRow.caller)).all()
    assert ("released", "Wim Vos") in [(kind, caller and caller["name"]) for kind, caller in kinds]
    assert kept(booking.id).status == "released"


def test_nobody_claims_a_place_for_a_caller():
    council = PrecedenceWish({"nl": "Gemeenteraad"}, 1, "protocol_officer", 14)
    add_precedence("RAAD", council, person(FARID), NOW, reason="The rules of the house.")
    claim = Claim(Scope("space", "VZ-001"), "RAAD", ask("VZ-001", f"{MONDAY}T13:00", "14:00", caller=WIM))
    with pytest.raises(BadChanges) as refused:
        make_plan([claim], "council", By(person(HUGO), NOW))
    assert [(fault.field, fault.code) for _number, fault in refused.value.faults] == [("caller", "claim_for_caller")]

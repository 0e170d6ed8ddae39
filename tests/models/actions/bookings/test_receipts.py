"""Each decision leaves a receipt, on which it can be taken again: accepted, changed, refused, declined."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.actions.bookings.book import book, check
from models.actions.bookings.change import change
from models.actions.bookings.decide import decline
from models.actions.bookings.forget_refusals import forget_refusals
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.receipts import receipt_under, receipts_of
from models.rules.bookings.fields import Caller, Override
from models.rules.changes.limits import SetLimit
from models.rules.judging.receipt import judge_again
from models.rules.refusals import Refused, SeriesRefused
from models.rules.values import Scope
from models.tables.db import db
from models.tables.receipt import ReceiptRow, Rulebook
from tests.cast import ANN, BRAM, DORA, FARID, GERDA, KAAT, NOW, ask, at
from tests.changing import put

MONDAY = "2027-03-08"
pytestmark = pytest.mark.usefixtures("demo")


def person(username: str):
    return person_by_username(username)


def booked(who: str, space: str, start: str, end: str, **more):
    return book(ask(space, start, end, **more), person(who), NOW).bookings[0]


def same_again(receipt) -> bool:
    verdict = judge_again(receipt.rulebook, receipt.met)
    return (*verdict.refusals, *verdict.warnings) == receipt.reasons


def test_a_booking_keeps_on_what_it_was_accepted_though_the_limit_is_lowered_since():
    booking = booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=8)
    put(SetLimit(Scope("floor", "F1"), 5), reason="Stairs are being repaired")
    [receipt] = receipts_of(booking.id)
    assert receipt.decision == "accepted"
    assert receipt.reasons == ()
    assert receipt.actor_id == person(ANN).id
    assert judge_again(receipt.rulebook, receipt.met).accepted
    assert same_again(receipt)
    with pytest.raises(Refused) as no:
        booked(BRAM, "VZ-103", f"{MONDAY}T09:00", "10:00", attendees=6)
    refused = receipt_under(no.value.receipt)
    assert refused.decision == "refused"
    assert refused.booking_id is None
    assert same_again(refused)
    assert {(each.code, each.limit, each.actual) for each in refused.reasons} == {("floor_full", 5, 14)}


def test_a_change_adds_its_receipt_and_one_of_words_alone_does_not():
    booking = booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=8)
    change(booking.id, {"start": at(f"{MONDAY}T13:00"), "end": at(f"{MONDAY}T14:00")}, person(ANN), NOW)
    change(booking.id, {"title": "Something else"}, person(ANN), NOW)
    assert [(each.decision, same_again(each)) for each in receipts_of(booking.id)] == [
        ("accepted", True),
        ("changed", True),
    ]


def test_a_declined_association_can_read_on_what():
    booking = booked(KAAT, "VZ-001", "2027-03-18T19:30", "21:00", attendees=18, key_holder="facilitair.medewerker")
    assert booking.status == "pending"
    decline(booking.id, person(GERDA), NOW, "The room is being painted")
    declined = receipts_of(booking.id)[-1]
    assert declined.decision == "declined"
    assert declined.actor_id == person(GERDA).id
    assert same_again(declined)


def test_an_overridden_rule_stands_on_the_receipt_as_set_aside():
    sunday = "2027-03-14"
    override = Override(frozenset({"R14"}), "Open day")
    booking = booked(FARID, "VZ-101", f"{sunday}T10:00", "11:00", attendees=8, override=override)
    [receipt] = receipts_of(booking.id)
    assert "R14" in receipt.met.waived
    assert same_again(receipt)
    assert [each.code for each in receipt.reasons] == ["outside_hours"]


def test_each_date_of_a_series_has_its_receipt_and_the_refused_ones_are_kept_as_demand():
    booked(BRAM, "VZ-101", "2027-03-15T09:00", "10:00", attendees=8)
    answer = book(
        ask("VZ-101", f"{MONDAY}T09:00", "10:00", attendees=8, recurrence="FREQ=WEEKLY;COUNT=3", on_conflict="skip"),
        person(ANN),
        NOW,
    )
    assert all(same_again(receipt) for each in answer.bookings for receipt in receipts_of(each.id))
    with pytest.raises(SeriesRefused) as no:
        booked(DORA, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=8, recurrence="FREQ=WEEKLY;COUNT=3")
    assert receipt_under(no.value.receipt).decision == "refused"


def test_a_check_leaves_no_receipt_and_one_rulebook_serves_all_who_book_that_space():
    check(ask("VZ-101", f"{MONDAY}T09:00", "10:00", attendees=8), person(ANN), NOW)
    assert db.session.scalar(select(func.count(ReceiptRow.id))) == 0
    for hour in (9, 11, 13):
        booked(ANN, "VZ-101", f"{MONDAY}T{hour:02}:00", f"{hour + 1:02}:00", attendees=8)
    assert db.session.scalar(select(func.count(ReceiptRow.id))) == 3
    assert [tuple(each) for each in db.session.execute(select(Rulebook.revision, Rulebook.space_id))] == [
        (the_house().revision, the_house().spaces["VZ-101"].id)
    ]


def test_what_was_asked_in_vain_for_a_caller_says_who_asked_and_nothing_of_the_caller():
    caller = Caller("Wim Vos", phone="0470 12 34 56", email="wim.vos@example.org")
    with pytest.raises(Refused) as no:
        booked(GERDA, "VZ-001", f"{MONDAY}T13:00", "14:00", attendees=800, caller=caller)
    receipt = receipt_under(no.value.receipt)
    assert (receipt.actor_id, receipt.asked_for_id) == (person(GERDA).id, None)
    assert same_again(receipt)
    [kept] = db.session.scalars(select(ReceiptRow))
    assert not any(word in f"{kept.facts}{kept.reasons}" for word in ("Wim", "0470", "example.org"))


def test_a_week_later_nobody_can_tell_whose_refused_wish_it_was():
    with pytest.raises(Refused) as no:
        booked(ANN, "VZ-101", f"{MONDAY}T09:00", "10:00", attendees=80)
    assert forget_refusals(NOW + timedelta(days=6)) == 0
    assert forget_refusals(NOW + timedelta(days=8)) == 1
    assert forget_refusals(NOW + timedelta(days=8)) == 0
    receipt = receipt_under(no.value.receipt)
    assert (receipt.actor_id, receipt.asked_for_id) == (None, None)
    assert same_again(receipt)

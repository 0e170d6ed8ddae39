"""Mail about one booking arrives in the order in which it was written, whatever a mail server does on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from blueprints.mail import outgoing
from blueprints.mail.line import Deadlines, LineLost
from models.actions.bookings.change import change
from models.actions.outbox import forget_unsent, mark_sent
from models.tables.db import db
from tests.blueprints.mail.letterbox import DIES
from tests.cast import ANN, BRAM

MONDAY = "2027-03-08"


@pytest.fixture
def posting(town, box):
    """Ann books and changes, then Bram books: three letters for a server with little patience."""
    (booking,) = town.book(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    town.clock.instant += timedelta(seconds=1)
    with town.acting(ANN) as (ann, now):
        change(booking.id, {"attendees": 5}, ann, now)
        db.session.execute(text("UPDATE person SET language = 'en'"))
        db.session.commit()
    town.clock.instant += timedelta(seconds=1)
    town.book(BRAM, "VZ-105", f"{MONDAY}T09:00", "10:00", attendees=4)
    town.app.config |= {"TREFPUNT_MAIL_URL": box.url, "TREFPUNT_MAIL_DEADLINES": Deadlines(5, 5)}
    return town


def arrived(box):
    return [(each["To"].addresses[0].username[-1], each["Subject"].partition(":")[0]) for each in box.letters]


def outbox(town):
    with town.app.app_context():
        rows = "SELECT sent_at IS NOT NULL, failed_at IS NOT NULL, last_error FROM outbox ORDER BY id"
        return [(bool(sent), bool(failed), error) for sent, failed, error in db.session.execute(text(rows))]


def test_a_change_waits_for_the_letter_of_the_booking_and_nobody_elses_waits_with_it(posting, box):
    box.says["MAIL"] = ["451 not this one"]
    posting.work()
    assert arrived(box) == [("2", "Booked")]
    assert outbox(posting)[:2] == [(False, False, "sender_refused 451"), (False, False, None)]
    posting.clock.instant += timedelta(minutes=1)
    posting.work()
    assert arrived(box) == [("2", "Booked"), ("1", "Booked"), ("1", "Changed")]
    assert box.connections == 2  # one a round


def test_what_is_refused_for_good_is_not_tried_again_keeps_nothing_back_and_is_forgotten_after_a_month(posting, box):
    box.says["RCPT"] = ["550 nobody of that name"]
    posting.work()
    assert arrived(box) == [("1", "Changed"), ("2", "Booked")]
    posting.clock.instant += timedelta(days=29)
    posting.work()
    assert outbox(posting)[0] == (False, True, "recipient_refused 550")
    with posting.app.app_context():
        assert forget_unsent(posting.clock.instant + timedelta(days=2)) == 1
    assert outbox(posting)[0] == (True, False, "recipient_refused 550")


def test_a_server_that_dies_before_it_answers_ends_the_round_and_gets_the_same_letter_again(posting, box):
    box.says["taken"] = [DIES]
    with pytest.raises(LineLost):
        posting.work()
    assert arrived(box) == [("1", "Booked")]  # taken, but nobody was told
    posting.clock.instant += timedelta(minutes=1)
    posting.work()
    assert arrived(box) == [("1", "Booked"), ("2", "Booked"), ("1", "Booked"), ("1", "Changed")]
    assert box.octets[0] == box.octets[2]
    assert [each[:2] for each in outbox(posting)] == [(True, False)] * 3


def test_without_a_server_no_letter_is_taken_out_and_none_is_blamed(posting, box):
    posting.app.config["TREFPUNT_MAIL_URL"] = "smtp://127.0.0.1:1"
    with pytest.raises(LineLost, match="connection_refused"):
        posting.work()
    assert outbox(posting) == [(False, False, None)] * 3
    posting.app.config["TREFPUNT_MAIL_URL"] = box.url
    posting.work()  # at once
    assert len(box.letters) == 3


def test_a_letter_that_went_while_the_database_was_away_does_not_go_twice(posting, box, monkeypatch):
    away = [OperationalError("UPDATE", {}, Exception())]

    def marked(*what, **more):
        if away:
            raise away.pop()
        return mark_sent(*what, **more)

    monkeypatch.setattr(outgoing, "mark_sent", marked)
    posting.work()
    assert len(box.letters) == 3
    assert [each[:2] for each in outbox(posting)] == [(True, False)] * 3

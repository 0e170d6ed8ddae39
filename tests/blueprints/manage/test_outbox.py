"""Who minds the machines reads what mail is not away and why, and never whom a talk in confidence is for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from blueprints.mail.worker import run
from models.tables.db import db
from tests.blueprints.mail.letterbox import letterbox
from tests.cast import ANN, DORA, FARID

IT = "ict.beheerder"
MONDAY = "2027-03-08"
OUTBOX = "/manage/outbox"


@pytest.fixture
def box(demo_app):
    with letterbox() as box:
        demo_app.config["TREFPUNT_MAIL_URL"] = box.url
        yield box


@pytest.fixture
def work(demo_app):
    def done() -> None:
        with demo_app.app_context():
            run(once=True)

    return done


def buttons(page, word):
    return [form["action"] for form in page.soup.find_all("form") if form.get_text().strip().startswith(word)]


def logged(app):
    with app.app_context():
        rows = "SELECT action, facts FROM audit_entry WHERE thing = 'outbox' ORDER BY id"
        return [row.action for row in db.session.execute(text(rows))]


def test_an_empty_outbox_says_that_all_mail_is_away(signed_in):
    page = signed_in(IT).open(OUTBOX)
    assert page.status == 200
    assert "All mail is away" in page.text


@pytest.mark.parametrize("who", [ANN, FARID])
def test_nobody_else_reads_it(signed_in, who):
    assert signed_in(who).open(OUTBOX).status == 403


def test_what_waits_and_what_was_refused_stand_there_with_why_and_the_next_try(signed_in, booked, box, work):
    booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4, title="Secret plans")
    booked(ANN, "VZ-105", f"{MONDAY}T11:00", "12:00", attendees=4)
    box.says["RCPT"] = ["550 nobody", "451 later"]
    work()
    page = signed_in(IT).open(OUTBOX)
    (refused,), (waits,) = page.rows("Refused for good"), page.rows("Mail that waits")
    for words in ("A booking that was made", "Municipality of Vaartbeke, gemeente.example.org", "(550)", "Given up"):
        assert words in refused
    assert "does not take this address (451)" in waits
    assert "next try: 3 March 09:01" in waits
    for telling in ("Secret", ANN, "VZ-104", "burgerzaken", "@gemeente"):
        assert telling not in page.source


def test_of_a_talk_in_confidence_not_even_the_organisation_is_told(signed_in, booked):
    booked(DORA, "SK-05", f"{MONDAY}T10:00", "11:00", attendees=2, service="OCMW-SCH", title="Jan Peeters")
    page = signed_in(IT).open(OUTBOX)
    (row,) = page.rows("Mail that waits")
    assert row.startswith("A message Not shown")
    main = page.soup.main.get_text(" ")
    for telling in ("OCMW", "Social", "Peeters", "ocmw", "SK-05", "booking that was made"):
        assert telling not in main


def test_mail_is_tried_again_or_dropped_with_a_line_in_the_log(signed_in, demo_app, booked, box, work, clock):
    for hour in (9, 11, 13):
        booked(ANN, "VZ-104", f"{MONDAY}T{hour:02}:00", f"{hour + 1}:00", attendees=4)
    box.says["RCPT"] = ["550 nobody"] * 3
    work()
    manager = signed_in(IT)
    question = manager.open(OUTBOX).soup.select_one("a[href$='/drop']")["href"]
    asked = manager.open(question)
    assert "A booking that was made – Municipality of Vaartbeke" in asked.text
    assert logged(demo_app) == []
    manager.post(asked.soup.main.form["action"], {})
    assert manager.open(question).status == 303  # it is away by now
    manager.post(buttons(manager.open(OUTBOX), "Try again")[0], {})
    work()
    assert len(box.letters) == 1
    manager.post(f"{OUTBOX}/again", {})
    again = buttons(manager.open(OUTBOX), "Try again")[0]
    work()
    assert len(box.letters) == 2
    assert "on its way already" in " ".join(manager.open(manager.post(again, {}).location).notices())
    assert logged(demo_app) == ["drop_mail", "send_mail_again", "send_mail_again"]
    clock.instant += timedelta(days=1)
    work()
    assert len(box.letters) == 2


def test_while_there_is_no_mail_server_the_page_says_so_first(signed_in, demo_app, booked, work):
    booked(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=4)
    demo_app.config["TREFPUNT_MAIL_URL"] = "smtp://127.0.0.1:1"
    with pytest.raises(Exception, match="connection_refused"):
        work()
    assert "Nothing listens at the mail server's address." in signed_in(IT).open(OUTBOX).notices()[0]

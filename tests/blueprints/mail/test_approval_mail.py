"""What is written to those who decide, to who did not come, and to who was not answered."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import text

from models.actions.bookings.decide import decline_all
from models.tables.db import db
from tests.cast import ANN, DORA, ELS, GERDA, HUGO, KAAT, at

TUESDAY = "2027-03-09"


@pytest.fixture(autouse=True)
def everyone_reads_english(town):
    speak(town, "en")


def speak(town, language):
    with town.app.app_context():
        db.session.execute(text("UPDATE person SET language = :language"), {"language": language})
        db.session.commit()


def words(letter):
    return letter.get_body(("plain",)).get_content()


def to(letters, username):
    return [each for each in letters if each["To"].addresses[0].username == username]


def test_who_decides_gets_a_link_and_all_there_is_to_know_and_nothing_for_the_calendar(town):
    (booking,) = town.book(KAAT, "VZ-001", f"{TUESDAY}T14:00", "16:00", attendees=14, title="Rehearsal")
    (letter,) = to(town.post("To decide"), GERDA)
    assert letter["Subject"] == "To decide: De Rupel (VZ-001), Tuesday 9 March, 14:00–16:00"
    assert str(letter["From"]) == "Municipality of Vaartbeke <trefpunt@localhost>"
    for line in (
        "What: Rehearsal",
        "Asked by: Secretaris Harmonie",
        "People: 14",
        "It keeps its place until Friday 5 March at 17:00.",
        f"http://localhost/bookings/{booking.handle}",
        "http://localhost/approvals",
    ):
        assert line in words(letter).splitlines()
    assert [each.get_content_type() for each in letter.walk()] == ["text/plain"]


def test_the_link_leads_back_after_sign_in(town):
    (booking,) = town.book(KAAT, "VZ-001", f"{TUESDAY}T14:00", "16:00", attendees=14)
    for path in (f"/bookings/{booking.handle}", "/approvals"):
        answer = town.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/login?next={path}")


def test_of_a_secret_request_who_decides_reads_place_time_and_number(town):
    town.book(ELS, "VZ-201", f"{TUESDAY}T14:00", "16:00", attendees=14, title="Case Peeters", note="Peeters")
    (letter,) = town.post("To decide")
    everything = " ".join([*map(str, letter.values()), words(letter)])
    assert letter["To"].addresses[0].username == HUGO
    assert "People: 14" in everything
    for secret in ("Peeters", "OCMW", "Social", "Hoofdmaatschappelijk", "ocmw"):
        assert secret not in everything, secret


def test_of_a_private_talk_who_decides_reads_only_place_and_time(town):
    with town.app.app_context():
        db.session.execute(
            text(
                "UPDATE space_policy SET approval_role = 'receptionist', approval_for = 'all' WHERE "
                "space_id = (SELECT id FROM space WHERE code = 'SK-05')"
            )
        )
        db.session.commit()
    (booking,) = town.book(DORA, "SK-05", f"{TUESDAY}T10:00", "11:00", attendees=2, service="OCMW-SCH")
    assert booking.status == "pending"
    letters = to(town.post("To decide"), GERDA)
    assert len(letters) == 1
    for secret in ("Talk", "People", "Asked by", "OCMW", "Schuld", booking.visitor_code):
        assert secret not in words(letters[0])
        assert secret not in letters[0]["Subject"]


@pytest.mark.parametrize(("language", "day"), [("nl", "dinsdag 9 maart"), ("fr", "mardi 9 mars")])
def test_each_who_decides_reads_it_in_their_own_language(language, day, town):
    speak(town, language)
    town.book(KAAT, "VZ-001", f"{TUESDAY}T14:00", "16:00", attendees=14)
    with town.acting(GERDA) as (gerda, now):
        decline_all([1], gerda, now, "no_key_holder")
    letters = town.post()
    assert all(day in words(letter) and "no_key_holder" not in words(letter) for letter in letters)
    (asked,) = (each for each in to(letters, GERDA))
    assert "http://localhost/approvals" in words(asked)
    assert day in asked["Subject"]


def test_a_series_is_asked_for_in_one_letter_with_all_its_dates(town):
    town.book(ANN, "VZ-201", f"{TUESDAY}T09:00", "10:00", attendees=4, recurrence="FREQ=WEEKLY;COUNT=3")
    (letter,) = town.post("To decide")
    assert letter["Subject"] == "To decide: De Schelde (VZ-201), 3 dates from Tuesday 9 March, 09:00–10:00"
    assert len([line for line in words(letter).splitlines() if line.startswith("- ")]) == 3
    assert "/bookings/" not in words(letter)
    assert "http://localhost/approvals" in words(letter)


def test_who_was_not_answered_in_time_hears_so_and_the_calendar_forgets_it(town):
    town.book(KAAT, "VZ-001", f"{TUESDAY}T14:00", "16:00", attendees=14)
    town.clock.instant = at("2027-03-05T17:00")
    (declined,) = town.post("Declined")
    assert "Why: Nobody answered in time." in words(declined)
    assert "not_answered" not in words(declined)
    (part,) = (each for each in declined.walk() if each.get_content_type() == "text/calendar")
    (event,) = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert (part.get_param("method"), event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_who_did_not_come_hears_in_the_same_round_that_the_place_is_free(town):
    town.book(ANN, "VZ-104", f"{TUESDAY}T09:00", "10:00", attendees=4, title="Teamoverleg")
    town.clock.instant = at(f"{TUESDAY}T09:14")
    assert town.post("Free again") == []
    town.clock.instant += timedelta(minutes=1)
    (letter,) = town.post("Free again")
    assert letter["Subject"] == "Free again: De Kaai (VZ-104), Tuesday 9 March, 09:00–10:00"
    (part,) = (each for each in letter.walk() if each.get_content_type() == "text/calendar")
    assert part.get_param("method") == "CANCEL"
    assert len(town.post("Free again")) == 1

"""The letter of a plan: one for each person, with every move, and an invitation for each booking in it."""

from __future__ import annotations

import icalendar
import pytest
from sqlalchemy import text

from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.make_plan import make_plan
from models.rules.changes.reading import read_changes
from models.rules.people.person import By
from models.tables.db import db
from tests.cast import ANN, DORA, FARID

MONDAY = "2027-03-08"


@pytest.fixture(autouse=True)
def everyone_reads_english(town):
    with town.app.app_context():
        db.session.execute(text("UPDATE person SET language = 'en'"))
        db.session.commit()


def applied(town, *changes):
    with town.acting(FARID) as (manager, now):
        by = By(manager, now)
        apply_plan(make_plan(read_changes(changes), "painting", by), by)


def events(letter):
    parts = [each for each in letter.walk() if each.get_content_type() == "text/calendar"]
    assert {part.get_param("method") for part in parts} == {"REQUEST"}
    return [event for part in parts for event in icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")]


def test_all_moves_of_one_person_stand_in_one_letter_with_an_invitation_for_each(town):
    bookings = [
        town.book(ANN, "VZ-104", f"{MONDAY}T{hour}:00", f"{hour}:45", attendees=6, title=title)[0]
        for hour, title in (("09", "Team"), ("11", "Budget"))
    ]
    applied(town, {"scope": "space:VZ-104", "set": {"active": False}, "from": MONDAY})
    (letter,) = town.post("another place")
    assert letter["Subject"] == "2 of your bookings have another place"
    lines = letter.get_body(("plain",)).get_content().splitlines()
    for line in (
        "What: Team",
        "What: Budget",
        "When: Monday 8 March, 09:00–09:45",
        "When: Monday 8 March, 11:00–11:45",
    ):
        assert line in lines
    assert lines.count("Where: De Boei (VZ-105)") == 2
    found = {event["UID"]: event for event in events(letter)}
    assert set(found) == {booking.uid for booking in bookings}
    assert {(event["SEQUENCE"], event["LOCATION"]) for event in found.values()} == {(1, "De Boei (VZ-105)")}
    files = town.files()
    town.work()
    assert town.files() == files


def test_a_talk_that_is_nobodys_business_has_no_more_than_time_and_place(town):
    with town.app.app_context():
        service = (
            db.session.execute(
                text("SELECT code FROM service WHERE requires_panic_button AND code LIKE 'OCMW%' ORDER BY code")
            )
            .scalars()
            .first()
        )
    town.book(DORA, "SK-05", f"{MONDAY}T09:00", "09:30", attendees=3, service=service, title="Mevrouw Peeters")
    applied(town, {"scope": "space:SK-05", "set": {"out_of_service": ["panic_button"]}, "from": MONDAY})
    (letter,) = town.post("Moved:")
    whole = letter.as_string() + "".join(str(event) for event in events(letter))
    assert "Peeters" not in whole
    assert service not in whole


def test_the_letter_says_first_how_many_still_wait_for_a_word(town):
    for hour in ("09", "11"):
        town.book(ANN, "VZ-104", f"{MONDAY}T{hour}:00", f"{hour}:45", attendees=6, title="Team")
    with town.app.app_context():
        elsewhere = "space_id <> (SELECT id FROM space WHERE code = 'VZ-104')"
        asked = "approval_role = 'protocol_officer', approval_for = 'all'"
        db.session.execute(text(f"UPDATE space_policy SET {asked} WHERE {elsewhere}"))
        db.session.commit()
    applied(town, {"scope": "space:VZ-104", "set": {"active": False}, "from": MONDAY})
    (letter,) = town.post("another place")
    told = letter.get_body(("plain",)).get_content()
    assert told.index("2 of them still wait for approval.") < told.index("What: Team")

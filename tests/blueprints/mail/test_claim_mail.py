"""The letters of a claim: the holder is asked, and hears where they went and by which rule."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from blueprints.commands.demo_precedence import load_precedence
from models.actions.plans.answer_claim import answer_claim
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.claim_space import claim
from models.rules.people.person import By
from models.tables.db import db
from tests.cast import ANN, DORA, HUGO, ask

MONDAY = "2027-03-08"


@pytest.fixture(autouse=True)
def everyone_reads_english(town):
    with town.app.test_request_context():
        load_precedence()
        db.session.execute(text("UPDATE person SET language = 'en'"))
        db.session.commit()


def claimed(town, space: str, **more) -> int:
    with town.acting(HUGO) as (officer, now):
        wish = ask(space, f"{MONDAY}T09:00", "10:00", **more)
        return claim(wish, "COLLEGE", By(officer, now), reason="Extra college")


def lines_of(letter) -> list[str]:
    return letter.get_body(("plain",)).get_content().splitlines()


def test_the_holder_is_asked_and_reads_the_rule_the_new_place_and_where_to_answer(town):
    booking = town.book(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=6, title="Team")[0]
    number = claimed(town, "VZ-104", attendees=7)
    (letter,) = town.post("May somebody else have your place?")
    lines = lines_of(letter)
    for line in (
        "What: Team",
        "Where: De Kaai (VZ-104)",
        "Where: De Boei (VZ-105)",
        "Answer yes or no here:",
        f"http://localhost/bookings/{booking.handle}",
    ):
        assert line in lines, lines
    assert "Mayor and aldermen comes first (rule: precedence, rank 2). It is so near that you have a say." in lines
    assert letter["To"].addresses[0].addr_spec.startswith("medewerker.burgerzaken.01")
    assert not [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    with town.acting(ANN) as (holder, now):
        answer_claim(number, booking.id, True, By(holder, now))
    with town.acting(HUGO) as (officer, now):
        apply_plan(number, By(officer, now))
    (moved,) = town.post("Moved:")
    assert any("Mayor and aldermen comes first (rule: precedence, rank 2)." in line for line in lines_of(moved))
    assert "Where: De Boei (VZ-105)" in lines_of(moved)
    told = {each["To"].addresses[0].addr_spec.partition("@")[0] for each in town.post("Booked: De Kaai")}
    assert told == {ANN, HUGO}


def test_in_dutch_no_word_stays_behind_in_a_variable(town):
    with town.app.app_context():
        db.session.execute(text("UPDATE person SET language = 'nl'"))
        db.session.commit()
    town.book(ANN, "VZ-104", f"{MONDAY}T09:00", "10:00", attendees=6, title="Team")
    claimed(town, "VZ-104", attendees=7)
    (letter,) = (each for each in town.post() if not each["Subject"].startswith("Geboekt"))
    whole = letter["Subject"] + "\n" + letter.get_body(("plain",)).get_content()
    assert "De Kaai (VZ-104)" in letter["Subject"]
    assert "%(" not in whole
    assert "maandag 8 maart" in whole
    assert "College van burgemeester en schepenen" in whole


def test_of_a_confidential_talk_the_letter_says_no_more_than_time_and_place(town):
    with town.app.app_context():
        service = (
            db.session.execute(
                text("SELECT code FROM service WHERE requires_panic_button AND code LIKE 'OCMW%' ORDER BY code")
            )
            .scalars()
            .first()
        )
        db.session.execute(text("UPDATE precedence SET role = 'counter_coordinator'"))
        db.session.execute(text("UPDATE municipality SET revision = revision + 1"))
        db.session.commit()
    booking = town.book(DORA, "SK-05", f"{MONDAY}T09:00", "09:30", attendees=3, service=service, title="Peeters")[0]
    with town.acting(DORA) as (officer, now):
        claim(ask("SK-05", f"{MONDAY}T09:00", "09:30", attendees=2), "COLLEGE", By(officer, now), reason="Extra")
    (letter,) = town.post("May somebody else have your place?")
    assert "Peeters" not in letter.as_string()
    assert service not in letter.as_string()
    assert f"http://localhost/bookings/{booking.handle}" in lines_of(letter)

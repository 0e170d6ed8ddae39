"""A declined request as a letter: for whoever asked and whoever decided, in the language of who asked."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from models.actions.bookings.decide import decline
from models.actions.bookings.expire_pending import expire_pending
from models.queries.people import person_by_username
from models.tables.db import db
from tests.cast import ANN, ELS, FARID, GERDA, HUGO, KAAT, LIEN, NOW, at

TUESDAY = "2027-03-09"


@pytest.fixture
def declined(demo_app, booked):
    """A request, declined with this reason by who decides about the space."""

    def decline_it(reason: str = "no_key_holder", who: str = KAAT, space: str = "VZ-001", decider: str = GERDA, **more):
        asked = booked(who, space, f"{TUESDAY}T14:00", "16:00", attendees=14, **{"title": "Rehearsal", **more})
        with demo_app.test_request_context():
            return decline(asked.id, person_by_username(decider), NOW, reason)

    return decline_it


def letter(reader, booking):
    return reader.open(f"/bookings/{booking.handle}/letter")


def test_it_says_who_asked_what_and_when_what_was_decided_and_why(signed_in, declined):
    kaat, booking = signed_in(KAAT), declined("The council meets then.\nAsk again for Friday.")
    page = kaat.open(kaat.open(f"/bookings/{booking.handle}").link("Letter"))
    body = page.soup.select_one("article.letter")
    words = " ".join(body.get_text(" ").split())
    assert body["lang"] == "en"
    assert page.title == "Letter"
    for part in (
        "Municipality of Vaartbeke",
        "+32 3 000 00 00",
        "Secretaris Harmonie",
        "3 March 2027",
        "De Rupel (VZ-001)",
        "Tuesday 9 March, 14:00–16:00",
        "Rehearsal",
        "14",
        "Your request is declined",
        "The council meets then.",
        "Ask again for Friday.",
    ):
        assert part in words, part


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_it_is_written_in_the_language_of_who_asked_whoever_reads_it(language, demo_app, signed_in, declined):
    booking, gerda = declined(), signed_in(GERDA)
    with demo_app.test_request_context():
        db.session.execute(
            text("UPDATE person SET language = :language WHERE username = :who"), {"language": language, "who": KAAT}
        )
        db.session.execute(text("UPDATE municipality SET languages = :them"), {"them": '["nl","fr","en","de"]'})
        db.session.commit()
    page = letter(gerda, booking)
    body = page.soup.select_one("article.letter")
    day = {"nl": "dinsdag 9 maart", "fr": "mardi 9 mars", "de": "Dienstag 9 März"}[language]
    assert page.title == "Letter"
    assert body["lang"] == language
    assert day in body.get_text()
    assert "no_key_holder" not in page.source


def test_a_request_that_lapsed_gets_a_letter_that_says_so(demo_app, signed_in, booked):
    asked = booked(KAAT, "VZ-001", f"{TUESDAY}T14:00", "16:00", attendees=14)
    with demo_app.test_request_context():
        expire_pending(at("2027-03-05T17:00"))
    for who in (KAAT, GERDA):
        assert "your request has lapsed" in letter(signed_in(who), asked).text


def test_only_its_party_and_who_decided_read_it(signed_in, declined):
    booking = declined()
    assert [letter(signed_in(who), booking).status for who in (KAAT, GERDA, LIEN, ANN, FARID)] == [
        200,
        200,
        404,
        404,
        404,
    ]


def test_who_decided_on_a_secret_request_reads_no_more_of_it_than_then(signed_in, declined):
    booking = declined(who=ELS, space="VZ-201", decider=HUGO, title="Case Peeters", reason="The council meets.")
    page = letter(signed_in(HUGO), booking)
    assert page.status == 200
    assert "The council meets." in page.text
    assert "De Schelde" in page.text
    for secret in ("Peeters", "Hoofdmaatschappelijk"):
        assert secret not in page.source
        assert secret not in signed_in(HUGO).open("/approvals").source
    assert "Case Peeters" in letter(signed_in(ELS), booking).text


def test_what_was_not_declined_has_no_letter(signed_in, booked):
    asked = booked(KAAT, "VZ-001", f"{TUESDAY}T14:00", "16:00", attendees=14)
    assert letter(signed_in(KAAT), asked).status == 404
    assert signed_in(KAAT).open("/bookings/99999/letter").status == 404
    assert "Letter" not in signed_in(KAAT).open(f"/bookings/{asked.handle}").text

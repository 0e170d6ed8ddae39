"""Asking and asking without booking: at the doors there is an end to it, in words, with what was typed still there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from models.rules.people.probing import Probes
from tests.blueprints.api.asking import wish
from tests.cast import ANN, BRAM, CHRIS, GERDA

FORM = {"date": "2027-03-08", "start": "09:00", "end": "10:00", "attendees": "8", "title": "Street plan"}


@pytest.fixture
def three_probes(demo_app):
    demo_app.config["TREFPUNT_PROBES"] = 3
    demo_app.extensions["probes"] = Probes()


def test_a_program_that_checks_too_often_is_told_when_to_come_back(three_probes, program, clock):
    ann = program(ANN)
    for _number in range(3):
        assert ann.post("/bookings/check", wish()).status_code == 200
    for call in ("/bookings/check", "/bookings"):
        answer = ann.post(call, wish())
        assert (answer.status_code, answer.json["status"], answer.headers["Retry-After"]) == (429, 429, "600")
        assert answer.content_type == "application/problem+json"
        assert "Probeer opnieuw over 10 minuten" in answer.json["detail"]
    assert program(BRAM).post("/bookings/check", wish()).status_code == 200
    clock.instant += timedelta(minutes=10)
    assert ann.post("/bookings", wish()).status_code == 201  # nothing was booked by the call that came too soon


def test_a_refused_booking_is_a_probe_and_a_booked_one_is_none(three_probes, program):
    ann, bram = program(ANN), program(BRAM)
    for hour in range(9, 15):
        assert bram.post("/bookings", wish("VZ-102", f"{hour:02}:00", f"{hour:02}:30")).status_code == 201
    assert [ann.post("/bookings", wish("VZ-102")).status_code for _number in range(4)] == [409, 409, 409, 429]


def test_what_cannot_be_understood_and_ones_own_desks_are_no_probes(three_probes, program):
    ann = program(ANN)
    for _number in range(5):
        assert ann.post("/bookings/check", wish(service="NONE")).status_code == 400
        assert ann.post("/bookings/check", wish("WP-1BUR-01", "07:00", "12:30")).status_code == 200


def test_a_change_that_is_refused_again_and_again_is_one_too(three_probes, program):
    ann = program(ANN)
    program(BRAM).post("/bookings", wish("VZ-102"))
    own = ann.post("/bookings", wish()).json["id"]
    assert [ann.patch(f"/bookings/{own}", {"space": "VZ-102"}).status_code for _number in range(4)] == [
        *[409] * 3,
        429,
    ]


def test_a_page_says_so_and_keeps_what_was_typed(three_probes, browser_of):
    ann = browser_of(ANN)
    for _number in range(3):
        assert ann.post("/rooms/VZ-101/book/check", data=FORM).status_code == 200
    checked = ann.post("/rooms/VZ-101/book/check", data=FORM)
    assert (checked.status_code, checked.headers["Retry-After"]) == (429, "600")
    assert "Nothing was checked. Try again in 10 minutes." in checked.text
    sent = ann.post("/rooms/VZ-101/book", data=FORM)
    assert (sent.status_code, sent.headers["Retry-After"]) == (429, "600")
    page = BeautifulSoup(sent.text, "html.parser")
    assert page.main.get_text().count("Nothing was checked. Try again in 10 minutes.") == 1
    assert page.find("input", {"name": "title"})["value"] == "Street plan"


def test_at_the_counter_too(three_probes, browser_of):
    chris = browser_of(CHRIS)
    answers = [chris.post("/booths/now", data={"service": "GEM-BST"}) for _number in range(40)]
    assert answers[-1].status_code == 429
    assert "Try again in 10 minutes" in answers[-1].text


def test_zero_turns_it_off(demo_app, program):
    demo_app.config["TREFPUNT_PROBES"] = 0
    gerda = program(GERDA)
    assert {gerda.post("/bookings/check", wish()).status_code for _number in range(130)} == {200}

"""Signing in and out: who gets in, who does not, and when it ends."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app import create_app
from models.actions.people.set_password import set_passwords
from models.queries.people import person_by_username
from models.rules.people.passwords import passwords_at
from models.tables.db import db
from models.tables.person import PersonRow, SessionRow
from models.tables.transaction import write_transaction
from tests.cast import ANN, OLGA
from tests.conftest import QUICK_ARGON2
from tests.databases import SECRET

PASSWORD = "een goed wachtwoord"


@pytest.fixture
def door(demo_app):
    with demo_app.app_context():
        set_passwords([ANN], PASSWORD, passwords_at(**QUICK_ARGON2))
    return demo_app.test_client()


def token_on(page) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)


def knock(browser, username=ANN, password=PASSWORD, **more):
    token = token_on(browser.get("/login"))
    return browser.post("/login", data={"username": username, "password": password, "csrf_token": token, **more})


def test_whoever_knows_the_password_gets_in_and_to_the_page_they_came_for(door):
    asked = door.get("/mine")
    assert asked.status_code == 303
    assert asked.location == "/login?next=/mine"
    answer = knock(door, next="/mine")
    assert answer.status_code == 303
    assert answer.location == "/mine"
    assert door.get("/mine").status_code == 200


@pytest.mark.parametrize(
    ("username", "password"), [(ANN, "een ander wachtwoord"), ("niemand", PASSWORD), (OLGA, PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_get_one_answer(door, username, password):
    answer = knock(door, username, password)
    assert answer.status_code == 401
    assert "This username and password do not belong together." in answer.text or "horen niet bij elkaar" in answer.text
    assert door.get("/mine").status_code == 303


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(door, elsewhere):
    assert knock(door, next=elsewhere).location == "/"


def test_a_form_without_its_token_is_refused(door):
    answer = door.post("/login", data={"username": ANN, "password": PASSWORD})
    assert answer.status_code == 400


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie_and_every_process(door, demo_url, clock):
    knock(door)
    cookie = door.get_cookie("trefpunt").value
    other_process = create_app(
        {"TREFPUNT_DATABASE_URL": demo_url, "TREFPUNT_SECRET_KEY": SECRET, "TREFPUNT_CLOCK": clock}
    )
    thief = other_process.test_client()
    thief.set_cookie("trefpunt", cookie)
    assert thief.get("/account").status_code == 200
    door.post("/logout", data={"csrf_token": token_on(door.get("/account"))})
    assert thief.get("/account").status_code == 303
    with other_process.app_context():
        db.engine.dispose()


def test_somebody_who_leaves_the_house_is_out_at_once(door, demo_app):
    knock(door)
    with demo_app.app_context(), write_transaction():
        db.session.get(PersonRow, person_by_username(ANN).id).active = False
    assert door.get("/account").status_code == 303


def test_a_visitor_who_does_not_sign_in_leaves_no_row(door, demo_app):
    door.get("/login")
    with demo_app.app_context():
        assert db.session.query(SessionRow).count() == 0


def test_a_session_ends_after_twelve_hours_however_busy_it_is(door, clock):
    knock(door)
    for _half_hour in range(24):
        clock.instant += timedelta(minutes=30)
        answer = door.get("/account")
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("presses", "open_still"),
    [
        ([59], True),
        ([61], False),
        ([50, 50, 50, 50], True),  # each counts anew
        ([60 * 11 + 59], False),
    ],
)
def test_whoever_presses_nothing_for_an_hour_signs_in_again_and_goes_on_where_they_were(
    door, clock, presses, open_still
):
    knock(door)
    for minutes in presses:
        clock.instant += timedelta(minutes=minutes)
        answer = door.get("/mine?show=past")
    assert answer.status_code == (200 if open_still else 303)
    if not open_still:
        page = door.get(answer.location)
        assert "60 minuten" in page.text
        assert knock(door, next="/mine?show=past").location == "/mine?show=past"


def test_a_list_that_draws_itself_anew_is_nobodys_hand(door, clock):
    knock(door)
    for _minute in range(7):
        clock.instant += timedelta(minutes=10)
        answer = door.get(
            "/occupancy",
            headers={"HX-Request": "true", "HX-Trigger": "here", "HX-Current-URL": "http://localhost/mine"},
        )
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login?next=/mine")


def test_whoever_signed_out_is_not_told_that_their_session_ended(door):
    knock(door)
    door.post("/logout", data={"csrf_token": token_on(door.get("/account"))})
    assert "60 minuten" not in door.get("/login").text


def test_the_demos_people_stand_on_the_sign_in_page_only_in_a_demo(door, demo_app):
    assert "trefpunt-demo" not in door.get("/login").text
    demo_app.config["TREFPUNT_DEMO"] = True
    assert "trefpunt-demo" in door.get("/login").text


def test_the_language_button_is_remembered_with_the_person(door, demo_app):
    knock(door)
    token = token_on(door.get("/account"))
    answer = door.post("/language", data={"language": "en", "next": "/account", "csrf_token": token})
    assert answer.location == "/account"
    with demo_app.app_context():
        assert person_by_username(ANN).language == "en"
    assert door.post("/language", data={"language": "xx", "csrf_token": token}).status_code == 400

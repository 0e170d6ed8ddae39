"""A shared computer: locked instead of signed out, opened by the password, with what was typed, until day's end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from models.actions.people.set_password import set_passwords
from models.rules.people.lock import is_locked
from models.rules.people.passwords import passwords_at
from tests.blueprints.booking.reading import Page
from tests.cast import ANN, BRAM, NOW
from tests.conftest import QUICK_ARGON2

PASSWORD, FORM = "een goed wachtwoord", "/rooms/VZ-105/book"
OURS = {"Sec-Fetch-Site": "same-origin", "Referer": f"http://localhost{FORM}"}


@pytest.fixture
def sign_in(demo_app):
    demo_app.config["WTF_CSRF_ENABLED"] = False
    with demo_app.app_context():
        set_passwords([ANN, BRAM], PASSWORD, passwords_at(**QUICK_ARGON2))

    def signed_in(username=ANN, client=None):
        client = client or demo_app.test_client()
        assert client.post("/login", data={"username": username, "password": PASSWORD}).status_code == 303
        return client

    return signed_in


@pytest.fixture
def counter(sign_in):
    """Ann's browser at a counter, marked as a shared one."""
    client = sign_in()
    assert "dit is een gedeelde computer" in client.get("/account").text.lower()
    client.post("/account/shared", data={"shared": "1"})
    return client


@pytest.mark.parametrize(
    ("shared", "locked_ago", "used_ago", "locked"),
    [
        (False, None, 60, False),
        (False, 1, 60, False),
        (True, None, 9, False),
        (True, None, 10, True),  # nobody pressed anything
        (True, 0, 0, True),
    ],
)
def test_a_shared_computer_is_locked_by_a_press_or_by_ten_minutes(shared, locked_ago, used_ago, locked):
    at = None if locked_ago is None else NOW - timedelta(minutes=locked_ago)
    assert is_locked(shared, at, NOW - timedelta(minutes=used_ago), NOW) is locked


@pytest.mark.parametrize("how", ["press", "wait"])
def test_while_it_is_locked_nothing_answers_and_the_password_leads_back(counter, clock, how):
    if how == "press":
        assert counter.post("/lock", data={"next": "/mine?show=past"}).location == "/locked?next=/mine?show%3Dpast"
    else:
        clock.instant += timedelta(minutes=11)
    answer = counter.get("/mine?show=past")
    assert (answer.status_code, answer.location) == (303, "/locked?next=/mine?show%3Dpast")
    assert counter.get("/login?next=/mine").location == "/locked?next=/mine"
    polled = counter.get("/occupancy", headers={"HX-Request": "true"})
    assert (polled.status_code, polled.headers.get("HX-Redirect")) == (401, None)  # or what is typed would be lost
    page = counter.get("/locked", headers={"Accept-Language": "fr"})
    assert "Medewerker Burgerzaken 01 is aangemeld" in page.text  # in their own language
    assert counter.post("/locked", data={"password": "mis"}).status_code == 401
    assert counter.get("/account").status_code == 303
    opened = counter.post("/locked", data={"password": PASSWORD, "next": "/mine?show=past"})
    assert (opened.status_code, opened.location) == (303, "/mine?show=past")
    assert counter.get("/account").status_code == 200


def test_it_is_locked_in_every_tab_and_for_a_script_without_a_page(counter):
    copied = counter.get_cookie("trefpunt").value
    counter.post("/lock")
    assert counter.post("/lock/awake").status_code == 303
    refused = counter.post("/locked", data={"password": "mis", "here": "1"})
    assert (refused.status_code, refused.mimetype) == (401, "text/plain")
    assert counter.post("/locked", data={"password": PASSWORD, "here": "1"}).status_code == 204
    assert counter.get_cookie("trefpunt").value == copied
    assert counter.post("/lock/awake").status_code == 204


def typed_on(client):
    """Into the form that this browser shows, with the token it has."""
    token = Page(client.get(FORM)).soup.find("input", attrs={"name": "csrf_token"})["value"]
    return {"date": "2027-03-04", "start": "10:00", "end": "11:00", "title": "Overleg", "csrf_token": token}


def test_what_was_typed_when_it_locked_comes_back_after_the_password(counter, clock):
    typed = typed_on(counter)
    clock.instant += timedelta(minutes=11)
    door = Page(counter.post(FORM, data=typed, headers=OURS))
    assert door.status == 401
    assert "vergrendeld terwijl je typte" in door.text
    carried = door.soup.find("input", attrs={"name": "typed"})["value"]
    back = Page(counter.post("/locked", data={"password": PASSWORD, "typed": carried}))
    assert back.status == 200
    assert back.soup.select_one("#booking [name=title]")["value"] == "Overleg"
    assert "Er is nog niets verstuurd" in back.text


def test_what_another_typed_there_before_does_not_come_back_after_the_password(counter, sign_in, clock):
    typed = typed_on(sign_in(BRAM))
    clock.instant += timedelta(minutes=11)
    door = Page(counter.post(FORM, data=typed, headers=OURS))
    assert (door.status, door.soup.find("input", attrs={"name": "typed"})) == (401, None)
    assert counter.post("/locked", data={"password": PASSWORD}).location == "/"


def test_the_password_is_guessed_at_no_quicker_than_at_the_door(counter, clock):
    counter.post("/lock")
    assert [counter.post("/locked", data={"password": "mis"}).status_code for _try in range(11)] == [401] * 10 + [429]
    assert int(counter.post("/locked", data={"password": PASSWORD}).headers["Retry-After"]) > 800
    clock.instant += timedelta(minutes=15)
    assert counter.post("/locked", data={"password": PASSWORD}).status_code == 303


def test_it_is_over_at_the_end_of_the_day_however_busy_and_no_sooner(counter, clock):
    for _press in range(15 * 60 // 9 - 1):  # from 9:00 until nine minutes before midnight in Brussels
        clock.instant += timedelta(minutes=9)
        answer = counter.get("/account")
        assert answer.status_code == 200
    clock.instant += timedelta(minutes=9)
    assert counter.get("/account").location == "/login?next=/account"


def test_whoever_signs_in_there_next_has_a_lock_too_and_the_one_before_is_out(counter, sign_in, clock):
    counter.post("/lock")
    assert counter.post("/lock/leave").location == "/login"
    sign_in(BRAM, counter)
    page = BeautifulSoup(counter.get("/account").text, "html.parser")
    assert page.find(id="lock-screen") is not None
    assert page.select_one("form[data-lock] button")["aria-keyshortcuts"] == "F8"
    clock.instant += timedelta(minutes=11)
    assert counter.get("/account").location == "/locked?next=/account"
    assert "Medewerker Burgerzaken 02" in counter.get("/locked").text


def test_its_pages_are_kept_nowhere_and_another_computer_is_as_it_was(counter, sign_in, clock):
    assert counter.get("/rooms").headers["Cache-Control"] == "no-store"
    elsewhere = sign_in(BRAM)
    assert elsewhere.get("/rooms").headers["Cache-Control"] != "no-store"
    assert elsewhere.post("/lock").status_code == 303
    assert elsewhere.get("/account").status_code == 200  # only a shared one locks
    counter.post("/account/shared", data={"shared": "0"})
    clock.instant += timedelta(minutes=11)
    assert counter.get("/account").status_code == 200
    assert "lock-screen" not in counter.get("/account").text

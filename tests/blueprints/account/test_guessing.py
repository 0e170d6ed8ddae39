"""Passwords that are guessed: whoever guesses has to wait, and the person they guess at does not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from models.actions.people.set_password import set_passwords
from models.actions.people.sign_out import sign_out_elsewhere
from models.queries.people import person_by_username
from models.rules.people.passwords import passwords_at
from models.tables.db import db
from models.tables.person import KnownBrowser, SignInFailure
from tests.cast import ANN, BRAM
from tests.conftest import QUICK_ARGON2

PASSWORD = "een goed wachtwoord"
ATTACKER, TOWN_HALL = "203.0.113.7", "198.51.100.1"


@pytest.fixture
def town(demo_app, clock):
    """Ann and Bram have passwords, and forms need no token."""
    demo_app.config["WTF_CSRF_ENABLED"] = False
    with demo_app.app_context():
        set_passwords([ANN, BRAM], PASSWORD, passwords_at(**QUICK_ARGON2))

    class Town:
        browser = staticmethod(demo_app.test_client)

        def knock(self, address, username=ANN, password="mis", *, browser=None, headers=None):
            sent = {"username": username, "password": password}
            return (browser or demo_app.test_client()).post(
                "/login", data=sent, environ_base={"REMOTE_ADDR": address}, headers=headers
            )

        def guess(self, times, address=ATTACKER, username=ANN):
            """As patiently as it takes for each guess to be looked at."""
            for number in range(times):
                clock.instant += timedelta(seconds=number % 2)
                answer = self.knock(address, username)
                if answer.status_code == 429:
                    clock.instant += timedelta(seconds=int(answer.headers["Retry-After"]))
                    assert self.knock(address, username).status_code == 401

        def rows(self, table):
            with demo_app.app_context():
                return db.session.query(table).count()

    return Town()


def test_fifty_wrong_passwords_lock_out_nobody_elsewhere(town):
    answers = [
        town.knock(ATTACKER, headers={"X-Forwarded-For": f"192.0.2.{number}"}).status_code for number in range(50)
    ]
    assert (answers.count(401), answers[-1]) == (6, 429)  # whatever address the header names
    assert town.knock(TOWN_HALL, password=PASSWORD).status_code == 303
    assert town.knock(TOWN_HALL, BRAM, PASSWORD).status_code == 303


@pytest.mark.parametrize("username", [ANN, "niemand"])
def test_whoever_guesses_waits_longer_and_longer_and_learns_nothing_of_who_exists(town, clock, username):
    waits = []
    for _try in range(12):
        answer = town.knock(ATTACKER, username)
        if answer.status_code == 429:
            waits.append(int(answer.headers["Retry-After"]))
            assert "horen niet bij elkaar" not in answer.text
            clock.instant += timedelta(seconds=waits[-1])
            answer = town.knock(ATTACKER, username)
        if len(waits) < 5:
            assert answer.status_code == 401
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[4] > 800  # ten within a quarter of an hour
    assert town.rows(SignInFailure) <= 12


def test_the_right_password_waits_where_it_was_guessed_and_nowhere_else(town):
    for _try in range(7):
        town.knock(ATTACKER)
    assert town.knock(ATTACKER, password=PASSWORD).status_code == 429
    assert town.knock("2001:db8:1:2::1", password=PASSWORD).status_code == 303


def test_another_address_of_the_same_line_is_no_fresh_one(town):
    for number in range(7):
        town.knock(f"2001:db8:1:2::{number + 1}")
    assert town.knock("2001:db8:1:2:3::1", password=PASSWORD).status_code == 429
    assert town.knock("2001:db8:1:3::1", password=PASSWORD).status_code == 303


def test_a_browser_in_which_one_signed_in_before_gets_through_behind_the_address_of_whoever_guesses(town, demo_app):
    mine, hers = town.browser(), town.browser()
    assert town.knock(TOWN_HALL, password=PASSWORD, browser=mine).status_code == 303
    assert town.knock(TOWN_HALL, BRAM, PASSWORD, browser=hers).status_code == 303
    mine.delete_cookie("trefpunt")
    for _try in range(10):
        town.knock(TOWN_HALL)
    assert town.knock(TOWN_HALL, password=PASSWORD).status_code == 429
    assert town.knock(TOWN_HALL, password=PASSWORD, browser=hers).status_code == 429  # it is known of Bram alone
    assert town.knock(TOWN_HALL, password=PASSWORD, browser=mine).status_code == 303
    with demo_app.app_context():
        sign_out_elsewhere(person_by_username(ANN).id, "")
    assert town.knock(TOWN_HALL, password=PASSWORD, browser=mine).status_code == 429  # a stranger again


def test_a_known_browser_has_ten_tries_as_well_and_a_cookie_made_up_is_none(town, clock):
    mine = town.browser()
    town.knock(TOWN_HALL, password=PASSWORD, browser=mine)
    answers = [town.knock(TOWN_HALL, browser=mine).status_code for _try in range(11)]
    assert answers == [401] * 10 + [429]
    clock.instant += timedelta(minutes=15)
    assert town.knock(TOWN_HALL, password=PASSWORD, browser=mine).status_code == 303
    forged = town.browser()
    forged.set_cookie("trefpunt-known", re.sub("[.].*", ".x", mine.get_cookie("trefpunt-known").value))
    town.guess(10, TOWN_HALL)
    assert town.knock(TOWN_HALL, password=PASSWORD, browser=forged).status_code == 429
    assert town.rows(KnownBrowser) == 1


def test_one_password_tried_on_many_names_comes_to_an_end_and_successes_are_not_counted(town):
    for number in range(199):
        assert town.knock(TOWN_HALL, f"naam{number}").status_code == 401
    assert town.knock(TOWN_HALL, BRAM, PASSWORD).status_code == 303
    assert town.knock(TOWN_HALL, "naam199").status_code == 401
    assert town.knock(TOWN_HALL, "naam200").status_code == 429
    assert town.knock(ATTACKER, "naam200").status_code == 401


def test_what_failed_is_forgotten_within_the_hour_and_keeps_no_name(town, clock, demo_app):
    town.knock(ATTACKER, "mijn wachtwoord hier")
    with demo_app.app_context():
        assert "wachtwoord" not in db.session.query(SignInFailure).one().name_hash
    clock.instant += timedelta(hours=1)
    town.knock(ATTACKER)
    assert town.rows(SignInFailure) == 1

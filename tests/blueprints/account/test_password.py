"""Another password of one's own: asked for the old one, judged, and ending what was opened with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.people.create_token import create_token
from models.actions.people.feeds import make_feed
from models.actions.people.set_password import set_passwords
from models.queries.accounts import what_is_open
from models.queries.people import password_hash_of, person_by_username
from models.rules.people.passwords import Passwords, passwords_at
from tests.cast import ANN, BRAM, NOW
from tests.conftest import QUICK_ARGON2

FIELDS = {"present": "present_password", "wanted": "new_password", "again": "new_password_again"}
FORM, OLD, NEW = "/account/password", "een goed wachtwoord", "fietsbel kaas lampje"


@pytest.fixture
def ann(signed_in, demo_app):
    with demo_app.app_context():
        set_passwords([ANN], OLD, passwords_at(**QUICK_ARGON2))
        create_token(ANN, "read", NOW)
        make_feed("mine", None, person_by_username(ANN), NOW)
    signed_in(ANN)  # elsewhere
    return signed_in(ANN)


@pytest.fixture
def left(demo_app):
    """How many sessions, tokens and feeds of hers still open something."""

    def count():
        with demo_app.app_context():
            return what_is_open(person_by_username(ANN).id, NOW)

    return count


def change(reader, present=OLD, wanted=NEW, **more):
    return reader.send(
        FORM, present_password=present, new_password=wanted, new_password_again=more.pop("again", wanted), **more
    )


@pytest.mark.parametrize(
    ("ticked", "remain"),
    [
        ({}, (1, 0, 1)),  # the session in hand goes on, and calendars do
        ({"keep_sessions": "y", "keep_tokens": "y"}, (2, 1, 1)),
        ({"end_feeds": "y"}, (1, 0, 0)),
    ],
)
def test_a_new_password_ends_what_was_opened_with_the_old_one(ann, left, demo_app, ticked, remain):
    assert "1 other place" in ann.open(FORM).text
    page = ann.follow(change(ann, **ticked))
    assert "You have a new password." in page.text
    assert left() == remain
    with demo_app.app_context():
        assert Passwords().is_right(NEW, password_hash_of(ANN))


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"present": "iets anders"}, "present", "This is not your password of now."),
        ({"present": ""}, "present", "Give your password."),
        ({"wanted": "kort"}, "wanted", "Take at least 12 characters."),
        ({"wanted": "Zomer2026!Zomer"}, "wanted", "Many people take this"),
        ({"wanted": "Vaartbeke-2026!"}, "wanted", "A name of you, your town"),
        ({"wanted": OLD}, "wanted", "This is your password of now."),
        ({"wanted": "q" * 129}, "wanted", "Take at most 128 characters."),
        ({"again": "iets anders"}, "again", "These two are not the same."),
    ],
)
def test_a_password_that_will_not_do_is_told_at_its_field_and_nothing_ends(ann, left, sent, field, said):
    page = change(ann, **sent)
    assert (page.status, page.wrong_fields()) == (400, {FIELDS[field]})
    assert page.text.count(said) == 1
    assert page.soup.select_one("[autofocus]")["name"] == FIELDS[field]
    assert OLD not in page.text
    assert left() == (2, 1, 1)


def test_the_old_one_is_guessed_at_no_quicker_than_at_the_door(ann, left, clock):
    answers = [change(ann, present="mis").status for _try in range(7)]
    assert answers == [400] * 6 + [429]
    assert change(ann).status == 429
    clock.instant += timedelta(minutes=15)
    assert change(ann).status == 303


def test_a_session_is_ended_from_another_by_whose_it_is(signed_in, browser_of):
    elsewhere, here, bram = signed_in(ANN), signed_in(ANN), signed_in(BRAM)
    forms = here.open("/account").soup.select("form[action]")
    (button,) = [form["action"] for form in forms if "/sessions/" in form["action"]]
    bram.send(button)
    assert elsewhere.open("/account").status == 200
    here.send(button)
    assert elsewhere.open("/account").status == 303
    assert here.open("/account").status == 200

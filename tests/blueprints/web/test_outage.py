"""When the database cannot now: 503 with a sentence that is true, and what was typed is kept."""

from __future__ import annotations

from io import BytesIO

import pytest
from bs4 import BeautifulSoup

from blueprints.web import identity
from models.tables.db import db
from models.tables.outage import Busy, InDoubt
from models.tables.transaction import KEPT_SOMETHING

NOTHING_DONE, NOT_KNOWN, NOT_READ = "Nothing was booked or changed.", "not know", "The data cannot be reached"
ENGLISH = {"Accept-Language": "en"}
TYPED = {"title": "Raad <1>", "room": ["A", "B"], "csrf_token": "old"}


@pytest.fixture
def app(own_app):
    """Addresses at which the database cannot now."""

    def busy() -> str:
        raise Busy

    def in_doubt() -> str:
        raise InDoubt

    def busy_after_a_write() -> str:
        db.session.info[KEPT_SOMETHING] = True
        raise Busy

    own_app.config["WTF_CSRF_ENABLED"] = False
    for path in ("/{}", "/api/{}", "/feeds/{}.ics"):
        for view in (busy, in_doubt, busy_after_a_write):
            address = path.format(view.__name__)
            own_app.add_url_rule(address, address.replace(".", "_"), view, methods=["GET", "POST"])
    return own_app


@pytest.fixture
def resent(client):
    """The fields that the page would send again; None where it has no button for it."""

    def of(path: str, typed: dict, **more) -> list[tuple[str, str]] | None:
        page = BeautifulSoup(client.post(path, data=typed, headers=ENGLISH, **more).text, "html.parser")
        form = page.find("main").find("form", action=path)
        return form and [(each["name"], each["value"]) for each in form.find_all("input")]

    return of


@pytest.mark.parametrize(
    ("path", "method", "said"),
    [
        ("/busy", "POST", NOTHING_DONE),
        ("/in_doubt", "POST", NOT_KNOWN),
        ("/busy_after_a_write", "POST", NOT_KNOWN),  # what was written before stands
        ("/busy?q=1", "GET", NOT_READ),
        ("/busy_after_a_write", "GET", NOT_READ),  # only that somebody looked was noted
        ("/api/busy", "POST", NOTHING_DONE),
        ("/api/in_doubt", "POST", NOT_KNOWN),
        ("/api/busy", "GET", NOT_READ),
        ("/feeds/busy.ics", "GET", NOT_READ),
    ],
)
def test_everybody_is_told_when_to_come_again_and_what_became_of_it(client, path, method, said):
    answer = client.open(path, method=method, headers=ENGLISH)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Cache-Control"] == "no-store"
    assert [each for each in (NOTHING_DONE, NOT_KNOWN, NOT_READ) if each in answer.text] == [said]
    assert (answer.content_type == "application/problem+json") == path.startswith("/api/")


def test_nobody_is_told_to_sign_in_by_a_page_that_does_not_know_who_reads_it(client):
    page = BeautifulSoup(client.get("/busy", headers=ENGLISH).text, "html.parser")
    assert page.select(".site-head a[href$='/login'], .site-head .drop") == []


@pytest.mark.parametrize(
    ("path", "method", "said"),
    [("/busy", "GET", NOT_READ), ("/busy", "POST", NOTHING_DONE), ("/in_doubt", "POST", NOT_KNOWN)],
)
def test_a_page_that_asked_for_a_part_of_itself_gets_the_sentence_alone(client, path, method, said):
    answer = client.open(path, method=method, headers=ENGLISH | {"HX-Request": "true"})
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")
    assert said in answer.text


def test_a_program_that_sent_a_key_is_told_that_the_key_brings_the_answer(client):
    assert "same Idempotency-Key" in client.post("/api/in_doubt", headers=ENGLISH | {"Idempotency-Key": "1"}).text


def test_what_was_typed_is_kept_and_sent_again_as_it_was(resent):
    *typed, (name, token) = resent("/busy?kind=desk", TYPED)
    assert typed == [("title", "Raad <1>"), ("room", "A"), ("room", "B")]
    assert (name, token) not in TYPED.items()


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/busy", {"username": "ann", "password": "geheim"}),  # no page holds a password
        ("/busy", {"file": (BytesIO(b"1"), "spaces.csv")}),
        ("/in_doubt", TYPED),  # first one looks
    ],
)
def test_what_may_not_be_kept_or_sent_twice_has_no_button(resent, path, typed):
    assert resent(path, typed) is None


def test_a_form_that_is_done_once_may_be_sent_again_in_doubt(resent):
    assert resent("/in_doubt", {"key": "1"})[0] == ("key", "1")


def test_whoever_is_in_doubt_is_led_to_their_bookings(client):
    assert 'href="/mine"' in client.post("/in_doubt", data=TYPED).text


@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("GET", "/nowhere", NOT_READ),
        ("GET", "/logout", NOT_READ),  # 405
        ("POST", "/login", NOTHING_DONE),  # larger than a form may be: 413
        ("GET", "/api/v1/nowhere", NOT_READ),
    ],
)
def test_an_answer_to_a_mistake_that_asks_the_database_is_no_more_than_any_other(app, monkeypatch, method, path, said):
    """Who reads it is asked of the database too."""

    def away(*_asked) -> None:
        raise Busy

    monkeypatch.setattr(identity, "person_of_session", away)
    monkeypatch.setattr(identity, "person_of_api_token", away)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    client = app.test_client()
    with client.session_transaction() as session:
        session[identity.SESSION_KEY] = "a token that was good"
    answer = client.open(
        path,
        method=method,
        headers={**ENGLISH, "Authorization": "Bearer a-token"},
        data="a" * 70_000 if method == "POST" else None,
    )
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert said in answer.text

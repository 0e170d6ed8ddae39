"""Who may call at all: only bearer tokens count, and each as far as its scope reaches."""

from __future__ import annotations

import pytest

from models.actions.people.set_password import set_passwords
from models.rules.people.passwords import passwords_at
from models.tables.db import db
from models.tables.person import ApiToken
from tests.blueprints.api.asking import wish
from tests.cast import ANN, FARID, NOW

ROOS = "ict.beheerder"  # asks for English

CALLS = """
GET /spaces · GET /spaces/VZ-101 · PATCH /spaces/VZ-101 · GET /zones · PATCH /zones/Z1-VER · GET /floors ·
PATCH /floors/F1 · GET /building · PATCH /building · GET /organisations · GET /services · GET /bookings ·
POST /bookings · POST /bookings/check · GET /bookings/1 · PATCH /bookings/1 · DELETE /bookings/1 ·
POST /bookings/1/check-in · POST /bookings/1/release · POST /bookings/1/approve · POST /bookings/1/decline ·
POST /feeds · GET /feeds · DELETE /feeds/1"""
CALLS = [tuple(call.split()) for call in CALLS.split("·")]


def test_without_a_token_every_call_is_401_and_says_how(program):
    for method, path in CALLS:
        answer = program().call(method, path)
        assert answer.status_code == 401, (method, path)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_that_opens_nothing_is_401(program):
    for sent in ("Bearer nonsense", "Bearer ", "Bearer", "Basic QW5uOng=", "bearer \x01", "Bearer é"):
        answer = program().get("/spaces", headers={"Authorization": sent})
        assert answer.status_code == 401, sent
        assert "WWW-Authenticate" in answer.headers


def test_a_token_for_reading_writes_nothing(program):
    for method, path in CALLS:
        if method != "GET" and path != "/bookings/check":
            assert program(FARID, "read").call(method, path, json={}).status_code == 403, (method, path)


@pytest.mark.parametrize("path", ["/spaces/VZ-101", "/zones/Z1-VER", "/floors/F1", "/building"])
def test_limits_are_set_by_a_manager_with_a_token_for_managing(program, path):
    body = {"capacity" if "spaces" in path else "max_persons": 5, "reason": "Werken"}
    assert program(ANN).patch(path, body).status_code == 403
    assert program(FARID).patch(path, body).status_code == 403
    assert program(FARID, "manage").patch(path, body).status_code == 200


def test_a_signed_in_browser_opens_nothing_here(demo_app):
    demo_app.config["WTF_CSRF_ENABLED"] = False
    browser = demo_app.test_client()
    with demo_app.test_request_context():
        set_passwords([ANN], "een lang wachtwoord", passwords_at(**demo_app.config["TREFPUNT_ARGON2"]))
    assert browser.post("/login", data={"username": ANN, "password": "een lang wachtwoord"}).status_code == 303
    assert browser.get("/api/v1/spaces").status_code == 401


def test_a_revoked_token_opens_nothing(program, demo_app):
    ann = program(ANN)
    with demo_app.app_context():
        db.session.query(ApiToken).one().revoked_at = NOW
        db.session.commit()
    assert ann.post("/bookings", wish()).status_code == 401


@pytest.mark.parametrize(
    ("who", "asked", "answered"),
    [
        (ANN, None, "nl"),
        (ANN, "en", "en"),
        (ANN, "en-GB,en;q=0.9", "en"),
        (ANN, "*", "nl"),
        (ANN, "xx", "nl"),
        (ROOS, None, "en"),
        (ROOS, "nl", "nl"),
        (ROOS, "fr", "fr"),
        (ROOS, "xx", "en"),
    ],
)
def test_the_language_asked_for_is_answered_else_the_persons_own(program, who, asked, answered):
    zone = program(who).get("/zones", headers={"Accept-Language": asked} if asked else None).json["items"][0]
    assert zone["name"] == zone["names"][answered]
    assert len(set(zone["names"].values())) == len(zone["names"])

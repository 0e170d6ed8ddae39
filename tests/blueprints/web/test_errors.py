"""When an answer cannot be given: a page for people, a problem document for programs, a number for the log."""

from __future__ import annotations

import logging
import re
from io import BytesIO

import pytest
from flask import abort, request
from sqlalchemy import select, text

from models.tables.db import db
from models.tables.person import PersonRow

TITLE = "Schuldhulp An"


@pytest.fixture
def app(own_app):
    return own_app


@pytest.fixture
def broken(app):
    """Views that fail, as they would in production."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def failing() -> str:
        raise KeyError("gone")

    def database_failing() -> str:
        return db.session.execute(text("SELECT * FROM nowhere WHERE title = :title"), {"title": TITLE}).scalar()

    def reading() -> dict:
        return {"length": len(request.get_data())}

    def looking_for() -> dict:
        asked = select(PersonRow.id).where(PersonRow.username == request.form["press"])
        return {"found": len(db.session.scalars(asked).all())}

    app.add_url_rule("/look-for", "look_for", looking_for, methods=["POST"])
    for path in ("/broken", "/api/broken"):
        app.add_url_rule(path, path, failing)
    app.add_url_rule("/database", "database", database_failing)
    app.add_url_rule("/read", "read", reading, methods=["GET", "POST"])
    app.add_url_rule("/api/read", "api_read", reading, methods=["POST"])
    for status in (400, 401, 403, 429):
        app.add_url_rule(f"/status/{status}", f"status_{status}", lambda status=status: abort(status))
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/status/400", "GET", 400),
        ("/status/403", "GET", 403),
        ("/nowhere", "GET", 404),
        ("/healthz", "POST", 405),
        ("/broken", "GET", 500),
        ("/status/401", "GET", 401),
        ("/status/429", "GET", 429),
        ("/read?q=%00", "GET", 400),
    ],
)
def test_a_person_gets_a_page_in_their_language(broken, path, method, status):
    answer = broken.open(path, method=method, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    page = answer.get_data(as_text=True)
    title, heading = re.search(r"<title>(.+?) – Trefpunt</title>", page), re.search(r"<h1>(.+?)</h1>", page)
    assert title
    assert heading
    assert title[1] == heading[1]
    assert '<html lang="en">' in page


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/api/nowhere", "GET", 404),
        ("/api/read", "GET", 405),
        ("/api/broken", "GET", 500),
        ("/api/%00", "GET", 400),
    ],
)
def test_a_program_gets_a_problem_document(broken, path, method, status):
    answer = broken.open(path, method=method)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["title"]


def test_a_body_of_more_than_64_kib_is_too_much(broken):
    assert broken.post("/read", data=b"x" * 64 * 1024).status_code == 200
    assert broken.post("/read", data=b"x" * (64 * 1024 + 1)).status_code == 413
    assert broken.post("/api/read", data=b"x" * (64 * 1024 + 1)).json["status"] == 413


def test_no_field_and_no_file_is_called_by_a_name_with_a_nul(broken):
    assert broken.post("/read", data={"press": "1"}).status_code == 200
    assert broken.post("/read", data={"a\0b": "1"}).status_code == 400
    assert broken.post("/read", data={"file": (BytesIO(b"a"), "a\0b.csv")}).status_code == 400


def test_a_nul_in_a_field_that_a_view_looks_for_unread_is_bad_input(broken):
    """SQLite finds nothing by it; PostgreSQL says that it cannot even look."""
    assert broken.post("/look-for", data={"press": "a\0"}).status_code in (200, 400)
    assert broken.post("/look-for", data={"press": "a"}).status_code == 200


def test_a_405_still_says_what_is_allowed(broken):
    assert "POST" in broken.get("/api/read").headers["Allow"]


def test_the_incident_number_on_the_page_stands_in_the_log(broken, caplog):
    page = broken.get("/broken", headers={"Accept-Language": "en"}).get_data(as_text=True)
    incident = re.search(r"this number: ([0-9a-f]{8})", page)[1]
    assert f"incident {incident}" in caplog.text
    assert "KeyError: 'gone'" in caplog.text
    assert broken.get("/api/broken").json["incident"] in caplog.text


def test_what_was_asked_of_the_database_does_not_reach_the_log(broken, caplog):
    assert broken.get("/database").status_code == 500
    assert "OperationalError" in caplog.text or "ProgrammingError" in caplog.text
    assert TITLE not in caplog.text
    assert [record for record in caplog.records if record.levelno >= logging.ERROR and record.exc_info] == []


def test_in_tests_an_error_stays_an_error(app, client):
    app.add_url_rule("/broken", "broken", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client.get("/broken")

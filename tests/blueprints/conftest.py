"""People of the demo building at their browsers, and bookings made before they look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from models.actions.bookings.book import book
from models.queries.people import person_by_username
from models.rules.people.tokens import new_token, token_hash
from models.tables.db import db
from models.tables.person import PersonRow, SessionRow
from models.tables.transaction import write_transaction
from tests.cast import NOW, ask


@pytest.fixture
def browser_of(demo_app) -> Callable[[str], FlaskClient]:
    """The browser of somebody who signed in and reads English; its forms need no CSRF token."""
    demo_app.config["WTF_CSRF_ENABLED"] = False

    def sign_in(username: str) -> FlaskClient:
        token = new_token()
        with demo_app.test_request_context():
            person = person_by_username(username)
            with write_transaction():
                db.session.execute(update(PersonRow).where(PersonRow.id == person.id).values(language="en"))
                db.session.add(
                    SessionRow(
                        token_hash=token_hash(token),
                        person_id=person.id,
                        created_at=NOW,
                        last_used_at=NOW + timedelta(days=30),  # never idle
                        ends_at=NOW + timedelta(days=30),
                    )
                )
        client = demo_app.test_client()
        with client.session_transaction() as cookie:
            cookie["sign_in"] = token
        return client

    return sign_in


@pytest.fixture
def booked(demo_app) -> Callable:
    """Book as somebody, past every page; raises Refused as the action does."""

    def book_it(who: str, space: str, start: str, end: str, **more):
        with demo_app.test_request_context():
            return book(ask(space, start, end, **more), person_by_username(who), NOW).bookings[0]

    return book_it

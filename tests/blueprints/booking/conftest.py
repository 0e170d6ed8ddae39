"""People of the demo building at their browsers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from models.actions.book import book
from models.queries.bookings import booked as booking_by_id
from models.queries.bookings import bookings_page
from models.queries.people import person_by_username
from models.rules.tokens import new_token, token_hash
from models.tables.db import db
from models.tables.person import PersonRow, SessionRow
from models.tables.transaction import write_transaction
from tests.blueprints.booking.reading import Reader
from tests.cast import NOW, ask


@pytest.fixture
def signed_in(demo_app) -> Callable[[str], Reader]:
    demo_app.config["WTF_CSRF_ENABLED"] = False

    def sign_in(username: str) -> Reader:
        token = new_token()
        with demo_app.test_request_context():
            person = person_by_username(username)
            with write_transaction():
                db.session.execute(update(PersonRow).where(PersonRow.id == person.id).values(language="en"))
                db.session.add(SessionRow(token_hash=token_hash(token), person_id=person.id, created_at=NOW,
                                          last_used_at=NOW, ends_at=NOW + timedelta(days=30)))
        client = demo_app.test_client()
        with client.session_transaction() as cookie:
            cookie["sign_in"] = token
        return Reader(client)

    return sign_in


@pytest.fixture
def booked(demo_app) -> Callable:
    """Book as somebody, past every page."""
    def book_it(who: str, space: str, start: str, end: str, **more):
        with demo_app.test_request_context():
            return book(ask(space, start, end, **more), person_by_username(who), NOW).bookings[0]
    return book_it


@pytest.fixture
def kept(demo_app) -> Callable:
    """A booking as it stands in the database."""
    def read(booking_id: int):
        with demo_app.test_request_context():
            return booking_by_id(booking_id)
    return read


@pytest.fixture
def all_bookings(demo_app) -> Callable:
    def read() -> list:
        with demo_app.test_request_context():
            return bookings_page(limit=500)
    return read

"""People of the demo building at their browsers, and bookings made before they look.

What a page or answer says hardly depends on the database beneath: its test runs on SQLite or PostgreSQL by turns, the
same one each time, and on both with TREFPUNT_EVERY_DATABASE=1. Commands and mail, which do depend, always run on both.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from models.actions.book import book
from models.queries.people import person_by_username
from models.rules.tokens import new_token, token_hash
from models.tables.db import db
from models.tables.person import PersonRow, SessionRow
from models.tables.transaction import write_transaction
from tests.cast import NOW, ask
from tests.postgresql import server_programs

DATABASES = ("sqlite", "postgresql")
ALWAYS_ON_BOTH = ("tests/blueprints/mail/", "tests/blueprints/test_commands.py")


def pytest_collection_modifyitems(config, items) -> None:
    if os.environ.get("TREFPUNT_EVERY_DATABASE") == "1" or server_programs() is None:
        return
    left_out = [item for item in items if _is_for_the_other_database(item)]
    items[:] = [item for item in items if item not in set(left_out)]
    config.hook.pytest_deselected(items=left_out)


def _is_for_the_other_database(item) -> bool:
    database = getattr(item, "callspec", None) and item.callspec.params.get("shelf")
    if database not in DATABASES or not item.nodeid.startswith("tests/blueprints/") \
            or item.nodeid.startswith(ALWAYS_ON_BOTH):
        return False
    turn = zlib.crc32(item.nodeid.replace(database, "").encode()) % len(DATABASES)
    return database != DATABASES[turn]


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
                db.session.add(SessionRow(token_hash=token_hash(token), person_id=person.id, created_at=NOW,
                                          last_used_at=NOW, ends_at=NOW + timedelta(days=30)))
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

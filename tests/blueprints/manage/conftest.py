"""Managers at their browsers, and bookings made before they look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import update

from models.actions.book import book
from models.queries.people import person_by_username
from models.rules.tokens import new_token, token_hash
from models.tables.db import db
from models.tables.person import PersonRow, SessionRow
from models.tables.transaction import write_transaction
from tests.cast import NOW, ask


class Page:
    """An answer as a reader meets it."""

    def __init__(self, response) -> None:
        self.status = response.status_code
        self.location = response.headers.get("Location")
        self.soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    def rows(self, label: str) -> list[str]:
        """The lines of the list with this name."""
        found = self.soup.find("ul", attrs={"aria-label": label})
        return [" ".join(row.get_text(" ").split()) for row in found.find_all("li", recursive=False)] if found else []

    def notices(self) -> list[str]:
        return [" ".join(each.get_text(" ").split()) for each in self.soup.select(".notice")]

    def fields(self) -> dict[str, str]:
        """What the change form holds, as a browser would send it back."""
        form = self.soup.find("form", id="change")
        values = {each["name"]: each.get("value", "") for each in form.find_all("input") if each.get("name")}
        return values | {each["name"]: each.get_text().strip() for each in form.find_all("textarea")}

    def wrong_fields(self) -> set[str]:
        return {each["name"] for each in self.soup.select("[aria-invalid=true]")}


class Manager:
    """Somebody signed in, reading English, who fills in forms as a browser does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, address: str) -> Page:
        return Page(self.client.get(address))

    def send(self, address: str, page: Page | None = None, step: str = "save", **changes) -> Page:
        """The form as last seen, with these values put otherwise."""
        fields = (page or self.open(address)).fields() | {"step": step} | changes
        return Page(self.client.post(address, data=fields))

    def save(self, address: str, page: Page | None = None, **changes) -> Page:
        """As send(), and the page it leads to."""
        sent = self.send(address, page, **changes)
        assert (sent.status, sent.location) == (303, address), sent.notices() + [sent.text]
        return self.open(address)


@pytest.fixture
def signed_in(demo_app) -> Callable[[str], Manager]:
    demo_app.config["WTF_CSRF_ENABLED"] = False

    def sign_in(username: str) -> Manager:
        token = new_token()
        with demo_app.test_request_context():
            person = person_by_username(username)
            with write_transaction():
                db.session.execute(update(PersonRow).where(PersonRow.id == person.id).values(language="en"))
                db.session.add(SessionRow(token_hash=token_hash(token), person_id=person.id, created_at=NOW,
                                          last_used_at=NOW, ends_at=NOW + timedelta(hours=12)))
        client = demo_app.test_client()
        with client.session_transaction() as cookie:
            cookie["sign_in"] = token
        return Manager(client)

    return sign_in


@pytest.fixture
def booked(demo_app) -> Callable:
    """Book as somebody; raises Refused as the action does."""

    def book_it(who: str, space: str, start: str, end: str, **more):
        with demo_app.test_request_context():
            return book(ask(space, start, end, **more), person_by_username(who), NOW).bookings[0]

    return book_it

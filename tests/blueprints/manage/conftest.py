"""Managers at their browsers, and bookings made before they look."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from models.actions.plans.carry_on import say_ready
from models.actions.plans.make_plan import make_plan
from models.queries.bookings import booked as booking_of
from models.queries.people import person_by_username
from models.queries.plan_parts import who_places
from models.queries.plans import kept_plan, parts_of, plan_handle
from models.rules.changes.reading import read_changes
from models.rules.people.person import By
from tests.cast import ANN, BRAM, DORA, FARID, NOW
from tests.words import words_of


class Page:
    """An answer as a reader meets it."""

    def __init__(self, response) -> None:
        self.status = response.status_code
        self.location = response.headers.get("Location")
        self.source = response.get_data(as_text=True)

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.source, "html.parser")

    @property
    def text(self) -> str:
        return words_of(self.source)

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

    def post(self, address: str, fields: dict) -> Page:
        return Page(self.client.post(address, data=fields))

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
def signed_in(browser_of) -> Callable[[str], Manager]:
    return lambda username: Manager(browser_of(username))


@pytest.fixture
def displaced(booked):
    """A meeting of fourteen, one of sixteen, and one that only its own organisation may see, all in VZ-101."""
    return [
        booked(ANN, "VZ-101", "2027-03-08T09:00", "10:00", attendees=14, title="Street plan"),
        booked(BRAM, "VZ-101", "2027-03-08T13:00", "14:00", attendees=16, title="Budget"),
        booked(DORA, "VZ-101", "2027-03-08T15:00", "16:00", attendees=13, title="Case of the week"),
    ]


@pytest.fixture
def planned(demo_app, displaced):
    """`planned(FARID)`: the address of the plan by which VZ-101 holds twelve at most."""

    def made(who: str = FARID, changes=None) -> str:
        with demo_app.test_request_context():
            raw = changes or [{"scope": "space:VZ-101", "set": {"capacity": 12}}]
            number = make_plan(read_changes(raw), "Fire report", By(person_by_username(who), NOW))
            return f"/manage/plans/{plan_handle(number)}"

    return made


@pytest.fixture
def others_ready(demo_app):
    """The people of another organisation say that their part of a plan is ready; gives back its address."""

    def said(address: str) -> str:
        with demo_app.test_request_context():
            for part in parts_of(kept_plan(address.rpartition("/")[2]).id):
                say_ready(part.id, By(who_places(part)[0], NOW))
        return address

    return said


@pytest.fixture
def part_of(demo_app):
    """The address of the only part of a plan."""

    def read(address: str) -> str:
        with demo_app.test_request_context():
            plan = kept_plan(address.rpartition("/")[2])
            assert plan is not None
            [part] = parts_of(plan.id)
            return f"/manage/plans/{part.handle}"

    return read


@pytest.fixture
def now_in(demo_app):
    def read(booking) -> str:
        with demo_app.test_request_context():
            return booking_of(booking.id).space

    return read

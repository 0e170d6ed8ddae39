"""People of the demo building on their page of today."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.queries.bookings import booked as booking_by_id
from models.queries.bookings import booked_under
from tests.blueprints.booking.reading import Page, Reader


@pytest.fixture
def at_home(browser_of) -> Callable[[str], Page]:
    return lambda username: Reader(browser_of(username)).open("/")


@pytest.fixture
def signed_in(browser_of) -> Callable[[str], Reader]:
    return lambda username: Reader(browser_of(username))


@pytest.fixture
def kept(demo_app) -> Callable:
    """A booking as it stands in the database, by its number or its handle."""

    def read(which: int | str):
        with demo_app.test_request_context():
            return booked_under(which) if isinstance(which, str) else booking_by_id(which)

    return read


def rows(page: Page, label: str) -> list[str]:
    """The lines of the list with this name."""
    found = page.soup.find("ul", attrs={"aria-label": label})
    return [" ".join(row.get_text(" ").split()) for row in found.find_all("li", recursive=False)] if found else []

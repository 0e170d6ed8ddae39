"""People of the demo building at their browsers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.queries.bookings import booked as booking_by_id
from models.queries.bookings import booked_under, bookings_page
from tests.blueprints.booking.reading import Reader


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


@pytest.fixture
def all_bookings(demo_app) -> Callable:
    def read() -> list:
        with demo_app.test_request_context():
            return bookings_page(limit=500)

    return read

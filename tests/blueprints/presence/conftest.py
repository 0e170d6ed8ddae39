"""People of the demo building on the pages about who is in it now; the clock stands at 09:00."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.actions.bookings.attend import check_in
from models.queries.people import person_by_username
from tests.blueprints.booking.reading import Reader
from tests.cast import NOW

TODAY = "2027-03-03"


@pytest.fixture
def signed_in(browser_of) -> Callable[[str], Reader]:
    return lambda username: Reader(browser_of(username))


@pytest.fixture
def here(demo_app, booked) -> Callable:
    """Somebody has a place from 09:00 until 10:00 today; with `comes` they have checked in."""

    def book_it(who: str, space: str, *, comes: bool = False, start: str = "09:00", end: str = "10:00", **more) -> int:
        number = booked(who, space, f"{TODAY}T{start}", end, **more).id
        if comes:
            with demo_app.test_request_context():
                check_in(number, person_by_username(who), NOW)
        return number

    return book_it

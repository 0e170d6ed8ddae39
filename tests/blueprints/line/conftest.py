"""People of the demo building at the line of the counters; the clock stands at 09:00."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.actions.line.join import Joining, join_line
from models.queries.people import person_by_username
from tests.blueprints.booking.reading import Reader
from tests.cast import GERDA

HALL, PASS, LICENCE = "Z0-LOK", "GEM-BEV", "GEM-RIJ"


@pytest.fixture
def signed_in(browser_of) -> Callable[[str], Reader]:
    return lambda username: Reader(browser_of(username))


@pytest.fixture
def joined(demo_app, clock) -> Callable:
    """Reception gives somebody who stands there a number; the handle comes with it."""

    def give(service: str = PASS, zone: str = HALL, **more):
        with demo_app.test_request_context():
            return join_line(Joining(zone, service, **more), person_by_username(GERDA), clock())

    return give

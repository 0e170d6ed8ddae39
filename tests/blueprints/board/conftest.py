"""People of the demo building before the day of the house."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.blueprints.booking.reading import Reader


@pytest.fixture
def signed_in(browser_of) -> Callable[[str], Reader]:
    return lambda username: Reader(browser_of(username))

"""What the tests of the tables share."""

from __future__ import annotations

import pytest

from tests.models.tables.by_hand import put_up_a_small_building


@pytest.fixture
def small_building(app_context) -> None:
    put_up_a_small_building()

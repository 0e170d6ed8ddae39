"""The town whose feeds are read."""

from __future__ import annotations

import pytest

from tests.blueprints.feeds.reading import Town


@pytest.fixture
def town(demo_app, clock) -> Town:
    return Town(demo_app, clock)

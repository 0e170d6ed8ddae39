"""Screens on their addresses, and whoever pairs them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from tests.cast import FARID

HALL, INTERVIEWS, CAW = "Z0-HAL", "Z0-SPR", "Z0-CAW"


def code_on(answer) -> str | None:
    """What a pairing page shows; None where it is no such page."""
    shown = BeautifulSoup(answer.get_data(as_text=True), "html.parser").find(id="code")
    return shown.get_text(strip=True) if shown else None


@pytest.fixture
def paired(demo_app, browser_of) -> Callable:
    """`paired("display", HALL)`: the browser of a screen that somebody paired."""

    def pair(kind: str, zone: str, who: str = FARID, name: str = "By the door"):
        screen = demo_app.test_client()
        code = code_on(screen.get(f"/{kind}/{zone}"))
        assert browser_of(who).post("/manage/devices", data={"code": code, "name": name}).status_code == 303
        assert code_on(screen.get(f"/{kind}/{zone}")) is None
        return screen

    return pair

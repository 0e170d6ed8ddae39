"""In a crisis half of all places is closed off with two clicks, and with one more opened again."""

from __future__ import annotations

import re

import pytest

from models.queries.house import the_house
from tests.browser.axe import violations
from tests.cast import BRAM, FARID, NORA

pytestmark = pytest.mark.browser

TOMORROW = "2027-03-04"


def percent(site) -> int:
    with site.app.test_request_context():
        return the_house().rule("R09", site.clock().date()).percent_for("desk")


@pytest.mark.parametrize("who", [NORA, FARID])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_crisis_switch_is_two_clicks_away_from_home_and_shows_whom_it_displaces(who, width, visit, site):
    booking = site.book(BRAM, "VZ-101", f"{TOMORROW}T10:00", "11:00", attendees=14, title="Street plan")
    manager = visit(who, width=width)
    manager.click(manager.page.get_by_role("main").get_by_role("link", name="Crisis switch"))
    manager.press("button", "Switch on")
    assert manager.clicks == 2
    assert percent(site) == 50
    above = manager.page.locator(f"[href='/bookings/{booking.handle}']")
    assert above.inner_text() == "Street plan"
    assert re.search(r"\b14\b.*\b11\b", manager.text)
    assert violations(manager.page) == []
    assert not manager.overflows()
    manager.press("button", "Switch off")
    assert manager.clicks == 3
    assert percent(site) == 100


def test_the_register_is_two_clicks_away_from_home(visit):
    nora = visit(NORA)
    nora.press("link", re.compile("^Manage"))
    nora.press("link", "Safety register")
    assert nora.clicks == 2
    assert nora.page.get_by_role("link", name="Download as CSV").is_visible()
    assert violations(nora.page) == []

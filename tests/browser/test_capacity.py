"""A facility manager lowers what a room may hold, and whoever asks too much of it is shown a way out."""

from __future__ import annotations

import re

import pytest

from tests.browser.axe import violations
from tests.cast import ANN, BRAM, FARID, at

pytestmark = pytest.mark.browser

TOMORROW = "2027-03-04"


def test_a_manager_lowers_a_room_in_four_clicks_and_sees_the_booking_above_it(visit, site):
    booking = site.book(BRAM, "VZ-101", f"{TOMORROW}T10:00", "11:00", attendees=14, title="Street plan")
    farid = visit(FARID)
    farid.press("link", re.compile("^Manage"))
    farid.press("link", "De Vaart")
    farid.page.locator("[name=ceiling]").fill("12")
    farid.page.locator("[name=reason]").fill("The fire report of March.")
    farid.press("button", "Save")
    assert farid.clicks <= 4
    above = farid.page.locator(f"[href='/bookings/{booking.handle}']")
    assert above.inner_text() == "Street plan"
    assert re.search(r"\b14\b.*\b12\b", farid.text)
    assert violations(farid.page) == []


def test_whoever_then_asks_for_fourteen_is_refused_with_the_reason_and_takes_another_room_with_one_click(visit, site):
    site.lower("VZ-101", 12)
    ann = visit(ANN)
    ann.go(f"/rooms/VZ-101/book?date={TOMORROW}&start=10:00")
    ann.page.locator("[name=attendees]").fill("14")
    ann.press("button", re.compile("^Book$"))
    refused = ann.page.get_by_role("main").get_by_role("alert")
    assert re.search(r"\b14\b", refused.inner_text())
    assert re.search(r"\b12\b", refused.inner_text())
    assert refused.evaluate("one => one === document.activeElement")
    assert violations(ann.page) == []
    before = ann.clicks
    ann.click(refused.get_by_role("button").first)
    assert ann.clicks == before + 1
    [booking] = site.bookings()
    assert booking.attendees == 14
    assert booking.organiser == ANN
    assert booking.space != "VZ-101"
    assert booking.during.start == at(f"{TOMORROW}T10:00")

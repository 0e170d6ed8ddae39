"""Who decides on a request does so in one click, and says why not."""

from __future__ import annotations

import re

import pytest

from tests.browser.axe import violations
from tests.cast import FARID, HUGO

pytestmark = pytest.mark.browser

IN_A_WEEK = "2027-03-10"


@pytest.fixture
def request_made(site):
    booking = site.book(FARID, "PZ-01", f"{IN_A_WEEK}T07:00", "12:30", attendees=20, title="Information meeting")
    assert booking.status == "pending"
    return booking


@pytest.mark.parametrize("width", [1280, 390])
def test_a_request_is_approved_with_one_click_from_home(width, visit, site, request_made):
    hugo = visit(HUGO, width=width)
    hugo.press("button", re.compile("^Approve"))
    assert hugo.clicks == 1
    assert site.bookings()[0].status == "confirmed"


def test_a_request_is_declined_with_a_reason_that_the_asker_reads(visit, site, request_made):
    hugo = visit(HUGO)
    hugo.press("link", re.compile("^Decline"))
    hugo.press("button", re.compile("^Decline"))
    assert site.bookings()[0].status == "pending"  # without a reason nothing happens
    assert hugo.page.get_by_role("main").get_by_role("alert").is_visible()
    assert violations(hugo.page) == []
    hugo.page.locator("[name=reason]").fill("The council meets that morning.")
    hugo.press("button", re.compile("^Decline"))
    assert site.bookings()[0].status == "declined"
    farid = visit(FARID)
    farid.go(f"/bookings/{request_made.handle}")
    assert "The council meets that morning." in farid.text

"""By keyboard alone: whoever cannot hold a mouse books, moves and cancels as everybody does."""

from __future__ import annotations

import re

import pytest

from tests.cast import ANN, at

pytestmark = pytest.mark.browser

TOMORROW = "2027-03-04"


def meeting(site):
    return site.book(ANN, "VZ-104", f"{TOMORROW}T10:00", "11:00", attendees=5, title="Street plan")


def test_the_first_tab_offers_to_skip_the_menu(visit):
    ann = visit(ANN)
    ann.page.keyboard.press("Tab")
    skip = ann.page.locator("a.skip")
    assert skip.evaluate("one => one === document.activeElement") and skip.is_visible()
    ann.page.keyboard.press("Enter")
    assert ann.page.get_by_role("main").evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_room_is_moved(width, visit, site):
    booking = meeting(site)
    ann = visit(ANN, width=width)
    ann.enter_on(ann.page.locator(f"[href='/bookings/{booking.id}']").first)
    ann.enter_on(ann.page.get_by_role("main").get_by_role("link", name=re.compile("^Change")))
    for name, hour in (("start", "14"), ("end", "15")):
        ann.tab_to(ann.page.locator(f"[name={name}]"))
        ann.page.keyboard.type(f"{hour}00")
    ann.enter_on(ann.page.get_by_role("button", name=re.compile("^Save")))
    assert ann.path == f"/bookings/{booking.id}" and "14:00" in ann.text
    [moved] = site.bookings()
    assert (moved.id, moved.title, moved.attendees) == (booking.id, "Street plan", 5)
    assert moved.during.start == at(f"{TOMORROW}T14:00")


def test_a_booking_is_cancelled_after_being_asked_once(visit, site):
    booking = meeting(site)
    ann = visit(ANN)
    ann.enter_on(ann.page.locator(f"[href='/bookings/{booking.id}']").first)
    ann.enter_on(ann.page.get_by_role("main").get_by_role("link", name=re.compile("^Cancel")))
    assert site.bookings()[0].status == "confirmed"
    ann.enter_on(ann.page.get_by_role("main").get_by_role("button"))
    assert ann.path == f"/bookings/{booking.id}" and site.bookings()[0].status == "cancelled"


def test_a_desk_is_booked(visit, site):
    ann = visit(ANN)
    ann.enter_on(ann.page.get_by_role("link", name=re.compile("^Choose a desk")).first)
    ann.enter_on(ann.page.get_by_role("button", name=re.compile("^Book")).first)
    [booking] = site.bookings()
    assert booking.kind == "desk" and ann.path == f"/bookings/{booking.id}"

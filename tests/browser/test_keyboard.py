"""By keyboard alone: whoever cannot hold a mouse books, moves and cancels as everybody does."""

from __future__ import annotations

import re

import pytest

from tests.cast import ANN, at

pytestmark = pytest.mark.browser

# A line when what has the focus has no ring, or when something else lies over the whole of it. A date's own button
# inside its field has the browser's ring; its field then counts as the focused one without :focus-visible.
UNSEEN_FOCUS = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (one === document.body || (one.type in {date: 0, time: 0} && !one.matches(":focus-visible"))) return [];
    const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].map(([across, down]) =>
        document.elementFromPoint(box.left + across * box.width, box.top + down * box.height));
    const wrong = [];
    if (style.outlineStyle === "none" && style.boxShadow === "none") wrong.push("no ring");
    if (!points.some(top => top && (top === one || one.contains(top) || top.contains(one)))) wrong.push("covered");
    return wrong.map(word => `${word}: ${one.outerHTML.slice(0, 160)}`);
}"""
TOMORROW = "2027-03-04"


def meeting(site):
    return site.book(ANN, "VZ-104", f"{TOMORROW}T10:00", "11:00", attendees=5, title="Street plan")


def test_the_first_tab_offers_to_skip_the_menu(visit):
    ann = visit(ANN)
    ann.page.keyboard.press("Tab")
    skip = ann.page.locator("a.skip")
    assert skip.evaluate("one => one === document.activeElement")
    assert skip.is_visible()
    ann.page.keyboard.press("Enter")
    assert ann.page.get_by_role("main").evaluate("one => one === document.activeElement")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["/", "/rooms", "/rooms/VZ-104/book"])
def test_whatever_has_the_focus_can_be_seen(path, width, visit):
    """WCAG 2.4.7 and 2.4.11: it has a ring, and nothing lies over it."""
    ann = visit(ANN, width=width)
    ann.go(path)
    unseen = []
    for _step in range(60):
        ann.page.keyboard.press("Tab")
        unseen += ann.page.evaluate(UNSEEN_FOCUS)
    assert unseen == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_room_is_moved(width, visit, site):
    booking = meeting(site)
    ann = visit(ANN, width=width)
    ann.enter_on(ann.page.locator(f"[href='/bookings/{booking.handle}']").first)
    ann.enter_on(ann.page.get_by_role("main").get_by_role("link", name=re.compile("^Change")))
    for name, hour in (("start", "14"), ("end", "15")):
        ann.tab_to(ann.page.locator(f"[name={name}]"))
        ann.page.keyboard.type(f"{hour}00")
    ann.enter_on(ann.page.get_by_role("button", name=re.compile("^Save")))
    assert ann.path == f"/bookings/{booking.handle}"
    assert "14:00" in ann.text
    [moved] = site.bookings()
    assert (moved.id, moved.title, moved.attendees) == (booking.id, "Street plan", 5)
    assert moved.during.start == at(f"{TOMORROW}T14:00")


def test_a_booking_is_cancelled_after_being_asked_once(visit, site):
    booking = meeting(site)
    ann = visit(ANN)
    ann.enter_on(ann.page.locator(f"[href='/bookings/{booking.handle}']").first)
    ann.enter_on(ann.page.get_by_role("main").get_by_role("link", name=re.compile("^Cancel")))
    assert site.bookings()[0].status == "confirmed"
    ann.enter_on(ann.page.get_by_role("main").get_by_role("button"))
    assert ann.path == f"/bookings/{booking.handle}"
    assert site.bookings()[0].status == "cancelled"


def test_a_desk_is_booked(visit, site):
    ann = visit(ANN)
    ann.enter_on(ann.page.get_by_role("link", name=re.compile("^Choose a desk")).first)
    ann.enter_on(ann.page.get_by_role("button", name=re.compile("^Book")).first)
    [booking] = site.bookings()
    assert booking.kind == "desk"
    assert ann.path == f"/bookings/{booking.handle}"

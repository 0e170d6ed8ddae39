"""The booking form answers while it is filled in; without script it says the same when it is sent."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.cast import ANN, BRAM

pytestmark = pytest.mark.browser

TOMORROW = "2027-03-04"
BOOK = re.compile("^Book$")


@pytest.fixture
def taken(site):
    return site.book(BRAM, "VZ-104", f"{TOMORROW}T10:00", "11:00", attendees=5, privacy="busy", title="Papers")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_refusal_shows_before_anything_is_sent(width, visit, site, taken):
    ann = visit(ANN, width=width)
    ann.go(f"/rooms/VZ-104/book?date={TOMORROW}&start=14:00")
    check = ann.page.locator("#check")
    check.get_by_text("This is possible").wait_for()
    ann.page.locator("[name=start]").fill("10:30")
    ann.page.locator("[name=end]").fill("11:30")
    ann.page.locator("#attendees").focus()
    check.get_by_text("This is not possible").wait_for()
    assert "Papers" not in check.inner_text()
    assert len(site.bookings()) == 1
    assert violations(ann.page) == []
    assert not ann.overflows()
    ann.click(check.get_by_role("button", name=re.compile("^Book this")).first)
    assert len(site.bookings()) == 2


def test_where_no_answer_comes_the_form_says_so_and_keeps_what_was_typed(visit):
    ann = visit(ANN)
    ann.go(f"/rooms/VZ-104/book?date={TOMORROW}&start=14:00")
    ann.page.locator("#check").get_by_text("This is possible").wait_for()
    told, title, people = ann.page.locator("#unanswered"), ann.page.locator("[name=title]"), "[name=attendees]"
    title.fill("Street plan")
    away = {"status": 503, "content_type": "text/plain; charset=utf-8", "body": "Nothing was booked."}
    ann.page.route("**/check", lambda route: route.fulfill(**away))
    ann.page.locator(people).fill("3")
    expect(told).to_have_text("Nothing was booked. What you filled in is still here.")
    ann.page.unroute("**/check")
    ann.page.context.set_offline(True)
    ann.page.locator(people).fill("4")
    title.focus()
    expect(told).to_contain_text("Is the network gone?")
    assert violations(ann.page) == []
    ann.page.context.set_offline(False)
    ann.page.locator(people).fill("5")
    title.focus()
    expect(told).to_be_hidden()
    assert title.input_value() == "Street plan"
    ann.wrong.clear()  # what was broken here on purpose


def test_without_script_the_same_refusal_comes_when_the_form_is_sent(visit, site, taken):
    ann = visit(ANN, java_script_enabled=False)
    ann.go(f"/rooms/VZ-104/book?date={TOMORROW}&start=10:30")
    ann.page.locator("[name=title]").fill("Street plan")
    ann.press("button", BOOK)
    refused = ann.page.get_by_role("main").get_by_role("alert")
    assert "taken" in refused.inner_text()
    assert len(site.bookings()) == 1
    assert ann.page.get_by_role("textbox", name="Title").input_value() == "Street plan"
    ann.click(refused.get_by_role("button").first)
    assert {each.title for each in site.bookings()} == {"Papers", "Street plan"}


def test_a_double_click_on_book_makes_one_booking(visit, site):
    """In a space that several groups share: in a room the second one would be refused anyway."""
    has_come = site.answer_only_twice("/spaces/OR-06/book")
    ann = visit(ANN)
    ann.go(f"/spaces/OR-06/book?date={TOMORROW}&start=14:00")
    ann.book_impatiently(ann.page.get_by_role("button", name=BOOK), has_come)
    [booking] = site.bookings()
    assert ann.path == f"/bookings/{booking.handle}"


def test_choosing_a_confidential_service_takes_title_and_note_away(visit):
    ann = visit(ANN)
    ann.go(f"/booths/SK-01/book?date={TOMORROW}&start=10:00")
    ann.page.locator("[name=service]").select_option("GEM-BST")
    assert not ann.page.locator("[name=title]").is_visible()
    assert ann.page.locator(".only-private").is_visible()


def test_back_after_a_booking_the_check_speaks_of_the_time_in_the_fields_and_of_ones_own_booking(visit, site):
    ann = visit(ANN)
    ann.go(f"/rooms/VZ-104/book?date={TOMORROW}")
    ann.page.locator("[name=start]").fill("14:00")
    ann.page.locator("[name=end]").fill("15:00")
    ann.page.locator("[name=title]").fill("Street plan")
    ann.press("button", BOOK)
    ann.page.go_back()
    assert ann.page.locator("[name=start]").input_value() == "14:00"
    ann.page.locator("#check").get_by_text("You have just booked this yourself").wait_for()
    assert violations(ann.page) == []
    ann.press("link", "To your booking")
    [booking] = site.bookings()
    assert ann.path == f"/bookings/{booking.handle}"

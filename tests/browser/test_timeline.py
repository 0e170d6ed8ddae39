"""The timeline under a mouse, and as a grid under the arrow keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.cast import ANN, BRAM, at

pytestmark = pytest.mark.browser
TOMORROW = "2027-03-04"
TIMELINE = f"/rooms?date={TOMORROW}&view=timeline"


def row(visitor, code: str):
    return visitor.page.locator(".tl tr", has=visitor.page.get_by_text(code, exact=True))


def point(cell, minutes: int) -> tuple[float, float]:
    """Somewhere in a cell: so many minutes after it begins."""
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    width = box["width"] / (int(cell.get_attribute("colspan") or 1) * 15)
    return box["x"] + minutes * width, box["y"] + box["height"] / 2


def drag(visitor, start: tuple[float, float], end: tuple[float, float]) -> None:
    mouse = visitor.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    mouse.move(*end, steps=4)
    with visitor.page.expect_navigation():
        mouse.up()


def test_dragging_over_free_time_opens_the_form_for_those_hours(visit):
    ann = visit(ANN)
    ann.go(TIMELINE)
    free = row(ann, "VZ-104").locator("td.f").first  # from seven o'clock on
    drag(ann, point(free, 125), point(free, 200))
    assert ann.path.startswith("/rooms/VZ-104/book")
    shown = [ann.page.locator(f"#{name}").input_value() for name in ("date", "start", "end")]
    assert shown == [TOMORROW, "09:00", "10:30"]


def test_a_click_on_free_time_opens_the_form_at_its_start(visit, site):
    site.book(BRAM, "VZ-104", f"{TOMORROW}T09:00", "10:00")
    ann = visit(ANN)
    ann.go(TIMELINE)
    ann.click(row(ann, "VZ-104").locator("td.f a").nth(1))
    assert ann.page.locator("#start").input_value() == "10:15"


def test_ones_own_booking_is_dragged_to_another_room_and_saved(visit, site):
    booking = site.book(ANN, "VZ-104", f"{TOMORROW}T10:00", "11:00", attendees=4, title="Street plan")
    ann = visit(ANN)
    ann.go(TIMELINE)
    free = row(ann, "VZ-105").locator("td.f").first
    drag(ann, point(row(ann, "VZ-104").locator("td.m"), 15), point(free, 7 * 60 + 15))
    expect(ann.page.locator("#check")).to_contain_text("This is possible")
    ann.press("button", re.compile("^Save"))
    [moved] = site.bookings()
    assert (moved.id, moved.space, moved.during.start) == (booking.id, "VZ-105", at(f"{TOMORROW}T14:00"))


def test_somebody_elses_booking_stays_where_it_is(visit, site):
    site.book(BRAM, "VZ-104", f"{TOMORROW}T10:00", "11:00", title="Papers")
    ann = visit(ANN)
    ann.go(TIMELINE)
    start, end = point(row(ann, "VZ-104").locator("td.t"), 15), point(row(ann, "VZ-105").locator("td.f").first, 60)
    ann.page.mouse.move(*start)
    ann.page.mouse.down()
    ann.page.mouse.move(*end, steps=5)
    assert ann.page.locator(".is-moving").count() == 0
    ann.page.mouse.up()


def test_the_arrow_keys_walk_over_the_grid_and_tab_leaves_it(visit, site):
    site.book(BRAM, "VZ-104", f"{TOMORROW}T09:00", "10:00")
    ann = visit(ANN)
    ann.go(TIMELINE)
    grid = ann.page.get_by_role("grid")
    assert grid.locator("[tabindex='0']").count() == 1  # one stop for the Tab key, whatever the number of cells
    row(ann, "VZ-104").locator("td.f a").first.focus()
    keys, where = ann.page.keyboard, "document.activeElement.closest('td').className"
    for key, state in (("ArrowRight", ""), ("ArrowRight", "t"), ("ArrowLeft", ""), ("ArrowLeft", "f")):
        keys.press(key)
        assert ann.page.evaluate(where) == state, key
    keys.press("ArrowDown")
    code = "document.activeElement.closest('tr').querySelector('.space-code').textContent"
    assert ann.page.evaluate(code) == "VZ-105"
    keys.press("Home")  # the name of the row: it leads to the room itself
    keys.press("ArrowUp")
    keys.press("ArrowDown")
    assert ann.page.evaluate("document.activeElement.textContent") == "De Boei"
    keys.press("ArrowRight")
    with ann.page.expect_navigation():
        keys.press("Enter")
    assert ann.path.startswith("/rooms/VZ-105/book")


def test_a_booking_is_moved_by_keyboard_alone(visit, site):
    booking = site.book(ANN, "VZ-104", f"{TOMORROW}T10:00", "11:00", attendees=4, title="Street plan")
    ann = visit(ANN)
    ann.go(TIMELINE)
    row(ann, "VZ-104").locator("td.m a").focus()
    keys = ann.page.keyboard
    keys.press("m")
    expect(ann.page.locator(".tl-scroll [role=status]")).to_contain_text("arrow keys")
    keys.press("ArrowDown")
    keys.press("ArrowRight")
    keys.press("ArrowLeft")
    with ann.page.expect_navigation():
        keys.press("Enter")
    assert ann.path.startswith(f"/bookings/{booking.handle}/change?space=VZ-105")
    ann.enter_on(ann.page.get_by_role("button", name=re.compile("^Save")))
    assert site.bookings()[0].space == "VZ-105"


def test_another_day_filter_or_view_comes_without_a_reload_and_with_its_address(visit):
    ann = visit(ANN)
    ann.go(TIMELINE)
    ann.page.evaluate("window.isSamePage = true")
    ann.page.get_by_role("link", name="Next day").click()
    expect(ann.page.locator(".day-nav-day")).to_contain_text("5 March")
    ann.page.get_by_label("People").fill("30")
    ann.page.get_by_label("People").press("Tab")
    expect(ann.page.locator(".tl")).not_to_contain_text("VZ-104")
    expect(ann.page.locator(".tl[role=grid]")).to_contain_text("VZ-101")
    ann.page.get_by_role("link", name="Plan").click()
    expect(ann.page.locator("svg.plan")).to_be_visible()
    assert ann.page.evaluate("window.isSamePage") is True
    assert "date=2027-03-05" in ann.path
    assert "attendees=30" in ann.path
    assert "view=plan" in ann.path
    ann.page.reload()
    expect(ann.page.locator("svg.plan")).to_be_visible()


@pytest.mark.parametrize(("width", "most"), [(1280, 260), (390, 844 / 2)])
def test_the_day_is_the_first_thing_that_is_seen(visit, width, most):
    ann = visit(ANN, width=width)
    ann.go(TIMELINE)
    assert ann.page.locator(".tl").bounding_box()["y"] <= most
    people, fold = ann.page.get_by_label("People"), ann.page.locator(".filter-fold summary")
    assert people.is_visible() is not fold.is_visible()  # on a phone it waits until somebody wants to sift
    if fold.is_visible():
        fold.click()
    people.fill("30")
    people.press("Tab")
    expect(ann.page.locator(".tl")).not_to_contain_text("VZ-104")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_plan_reads_as_a_list_of_links_with_their_state(width, visit, site):
    site.book(BRAM, "VZ-104", f"{TOMORROW}T10:00", "11:00")
    ann = visit(ANN, width=width)
    ann.go(f"/rooms?date={TOMORROW}&view=plan&floor=F1&start=10:00&end=11:00")
    plan = ann.page.locator("svg.plan")
    names = [link.get_attribute("aria-label") for link in plan.get_by_role("link").all()]
    assert "VZ-104 Taken, De Kaai" in names
    assert "VZ-105 Free, De Boei" in names
    ann.click(plan.get_by_role("link", name="VZ-105 Free, De Boei"))
    assert ann.path.startswith("/rooms/VZ-105/book")
    assert ann.page.locator("#end").input_value() == "11:00"

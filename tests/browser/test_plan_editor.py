"""A room is moved on the plan: by mouse, by keyboard alone, by its numbers, and on a phone; nothing is lost unseen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from models.queries.house import the_house
from tests.browser.axe import violations
from tests.cast import FARID

pytestmark = pytest.mark.browser

PLAN = "/manage/plan/F1?thing=space:VZ-106"
SAVE = re.compile("^Save all")


def drawn(site, code: str):
    with site.app.test_request_context():
        house = the_house()
        return (house.spaces.get(code) or house.zones[code]).rectangle


def thing(visitor, code: str):
    return visitor.page.get_by_role("button", name=re.compile(rf" {code}: "))


def middle(locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(visitor, start: tuple[float, float], by: tuple[float, float]) -> None:
    visitor.page.mouse.move(*start)
    visitor.page.mouse.down()
    visitor.page.mouse.move(start[0] + by[0] / 2, start[1] + by[1] / 2)
    visitor.page.mouse.move(start[0] + by[0], start[1] + by[1])
    visitor.page.mouse.up()


def metre(visitor) -> float:
    """How many pixels a metre is on the drawing."""
    return visitor.page.evaluate("document.querySelector('.plan-editor').getScreenCTM().a")


def test_a_room_is_dragged_to_the_grid_made_larger_by_its_corner_and_saved(visit, site):
    farid = visit(FARID)
    farid.go(PLAN)
    before, scale, room = drawn(site, "VZ-106"), metre(farid), thing(farid, "VZ-106")
    drag(farid, middle(room), (4.2 * scale, 9 * scale))
    x, y = (float(farid.page.locator(f"fieldset:visible [name={side}]").input_value()) for side in ("x", "y"))
    assert (x * 4) % 1 == (y * 4) % 1 == 0
    assert abs(x - before.x - 4.2) < 0.3
    assert abs(y - before.y - 9) < 0.3
    room.evaluate("one => one.scrollIntoView({block: 'center'})")
    box = room.locator("rect").bounding_box()
    drag(farid, (box["x"] + box["width"], box["y"] + box["height"]), (1.1 * scale, 1.1 * scale))
    expect(farid.page.get_by_text("Not saved yet.")).to_be_visible()
    assert drawn(site, "VZ-106") == before
    farid.press("button", SAVE)
    after = drawn(site, "VZ-106")
    assert (after.x, after.y) == (x, y)
    assert after.width > before.width + 0.5
    assert after.depth > before.depth + 0.5
    assert violations(farid.page) == []


def test_a_room_is_moved_by_keyboard_alone_and_says_where_it_lies(visit, site):
    farid = visit(FARID)
    farid.go(PLAN)
    before, room, keyboard = drawn(site, "VZ-106"), thing(farid, "VZ-106"), farid.page.keyboard
    farid.tab_to(room)
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowDown", "Control+ArrowRight", "Alt+ArrowUp"):
        keyboard.press(key)
    said = farid.page.locator("[data-live]")
    expect(said).to_contain_text(re.compile(rf"VZ-106: {32.55}.* metres from the left"))
    keyboard.press("PageUp")
    expect(thing(farid, "VZ-105")).to_be_focused()
    farid.enter_on(farid.page.get_by_role("button", name=SAVE).last)
    after = drawn(site, "VZ-106")
    assert after.x == pytest.approx(before.x + 0.2, abs=0.03)
    assert after.y == pytest.approx(before.y + 1, abs=0.03)
    assert after.width == pytest.approx(before.width + 0.1, abs=0.03)
    assert after.depth == pytest.approx(before.depth - 0.1, abs=0.03)


def test_typed_numbers_move_the_drawing_and_undo_brings_them_back(visit, site):
    farid = visit(FARID)
    farid.go(PLAN)
    x = farid.page.locator("fieldset:visible [name=x]")
    before = x.input_value()
    x.fill("40")
    x.press("Tab")
    expect(thing(farid, "VZ-106").locator("rect")).to_have_attribute("x", "40")
    expect(farid.page.locator("fieldset:visible")).to_contain_text("Lies outside its zone.")
    farid.page.get_by_role("button", name="Undo").click()
    expect(x).to_have_value(before)
    expect(thing(farid, "VZ-106").locator("rect")).to_have_attribute("x", before)
    farid.press("button", SAVE)
    assert "Nothing was moved" in farid.text


def test_a_zone_takes_its_rooms_along_and_over_the_edge_goes_nothing(visit, site):
    farid = visit(FARID)
    farid.go("/manage/plan/F1?thing=zone:Z1-VER")
    zone, room = drawn(site, "Z1-VER"), drawn(site, "VZ-103")
    thing(farid, "Z1-VER").focus()
    for key in ("Shift+ArrowRight", "Shift+ArrowUp"):  # it already lies against the top
        farid.page.keyboard.press(key)
    farid.press("button", SAVE)
    assert (drawn(site, "Z1-VER").x, drawn(site, "Z1-VER").y) == (zone.x + 1, 0)
    assert drawn(site, "VZ-103").x == pytest.approx(room.x + 1, abs=0.03)
    assert drawn(site, "VZ-103").y == room.y


def test_a_room_is_taken_off_the_plan_and_put_back_where_there_is_room(visit, site):
    farid = visit(FARID)
    farid.go(PLAN)
    thing(farid, "VZ-106").focus()
    farid.page.keyboard.press("Delete")
    farid.press("button", SAVE)
    assert drawn(site, "VZ-106") is None
    farid.page.get_by_role("link", name="Het Anker").click()
    expect(thing(farid, "VZ-106")).to_be_focused()
    farid.press("button", SAVE)
    assert drawn(site, "VZ-106") is not None
    assert "VZ-106 lies" not in farid.text


def test_it_can_be_worked_with_on_a_phone_and_without_any_script(visit, site):
    farid = visit(FARID, width=390)
    farid.go(PLAN)
    assert not farid.overflows()
    assert violations(farid.page) == []
    unscripted = visit(FARID, java_script_enabled=False)
    unscripted.go(PLAN)
    row = unscripted.page.get_by_role("group", name=re.compile("VZ-106"))
    row.locator("[name=width]").fill("2.5")
    unscripted.press("button", SAVE)
    assert drawn(site, "VZ-106").width == 2.5

"""A facility manager sets ten booths alike, and another's change in the same table is not lost."""

from __future__ import annotations

import re

import pytest

from tests.browser.axe import violations
from tests.cast import BRAM, FARID, NORA

pytestmark = pytest.mark.browser

TABLE, TOMORROW = "/manage/table", "2027-03-04"


def test_from_home_ten_booths_are_set_alike_in_six_presses(visit):
    farid = visit(FARID)
    farid.press("link", re.compile("^Manage"))
    farid.press("link", "Many at once")
    farid.page.locator("main select[name=kind]").select_option("booth")
    farid.press("button", "Show")
    farid.page.locator("summary", has_text="Set the same").click()
    farid.page.locator("[name=advance_days]").fill("30")
    farid.page.locator("[name=all]").check()
    farid.page.locator("[name=reason]").fill("Spring")
    farid.press("button", "Show effects")
    assert violations(farid.page) == []
    assert farid.page.get_by_role("main").get_by_role("alert").is_visible()
    assert farid.page.locator(".changes li").count() == 10
    farid.page.locator("main .notice").get_by_role("button", name="Save").click()
    farid.page.wait_for_load_state()
    assert "Saved: 10 spaces." in farid.text
    assert farid.clicks <= 5


def test_a_cell_is_reached_typed_over_and_saved_without_a_mouse(visit, site):
    farid = visit(FARID)
    farid.go(f"{TABLE}?text=VZ-103")
    cell = farid.page.get_by_label("Ceiling: De Brug")
    farid.tab_to(cell)
    farid.page.keyboard.type("9")
    farid.tab_to(farid.page.locator("[name=reason]"))
    farid.page.keyboard.type("New tables")
    farid.enter_on(farid.page.locator(".table-bar").get_by_role("button", name="Save"))
    assert "Saved: 1 space." in farid.text
    assert farid.page.get_by_label("Ceiling: De Brug").input_value() == "9"


def test_the_second_of_two_managers_sees_what_the_first_did_and_keeps_what_was_typed(visit):
    farid, nora = visit(FARID), visit(NORA)
    for each in (farid, nora):
        each.go(f"{TABLE}?kind=meeting_room")
        each.page.locator("[name=reason]").fill("Works")
    nora.page.get_by_label("Places: De Brug").fill("11")
    nora.click(nora.page.locator(".table-bar").get_by_role("button", name="Save"))
    farid.page.get_by_label("Ceiling: De Brug").fill("9")
    farid.click(farid.page.locator(".table-bar").get_by_role("button", name="Save"))
    told = farid.page.get_by_role("main").get_by_role("alert").inner_text()
    assert "was 12, is now 11" in told
    assert "Preventieadviseur" in told
    assert farid.page.get_by_label("Ceiling: De Brug").input_value() == "9"
    assert violations(farid.page) == []
    farid.click(farid.page.locator(".table-bar").get_by_role("button", name="Save"))
    assert "Saved: 1 space." in farid.text


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_the_parts_lie_under_a_line_that_says_where_one_is_and_nothing_sticks_out(width, visit, site):
    site.book(BRAM, "VZ-101", f"{TOMORROW}T10:00", "11:00", attendees=14, title="Street plan")
    site.lower("VZ-101", 12)
    farid = visit(FARID, width=width)
    for path, here in (("/manage", "Overview"), (TABLE, "Many at once"), ("/manage/import", "Import and export")):
        farid.go(path)
        assert not farid.overflows()
        assert violations(farid.page) == []
        line = farid.page.locator(".parts-menu summary")
        assert line.inner_text().strip() == here
        assert not farid.page.locator(".parts").is_visible()
    line.click()
    farid.click(farid.page.locator(".parts").get_by_role("link", name="Closures"))
    assert farid.path == "/manage/closures"


def test_files_are_looked_at_before_they_are_loaded(visit):
    farid = visit(FARID)
    farid.go("/manage/import")
    assert violations(farid.page) == []
    farid.page.locator("#files").set_input_files(
        [
            {
                "name": "spaces.csv",
                "mimeType": "text/csv",
                "buffer": b"code,name_nl,type,zone_code\nSK-99,Nieuwe kamer,booth,Z0-SPR\n",
            }
        ]
    )
    farid.press("button", "Show what changes")
    assert "Nieuwe kamer" in farid.text
    assert violations(farid.page) == []
    farid.press("button", "Load")
    assert farid.path == "/manage"
    assert "Loaded:" in farid.text

"""A shared computer locked amid typing: nothing shows, nothing answers, and the password brings all of it back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.serving import PASSWORD
from tests.cast import ANN

pytestmark = pytest.mark.browser

LOCK = "dialog[open]"


@pytest.mark.parametrize(("width", "colours"), [(1280, "light"), (320, "dark")])
def test_f8_hides_what_somebody_typed_until_they_give_their_password(width, colours, visit):
    ann = visit(ANN, width=width, color_scheme=colours)
    page = ann.page
    ann.go("/account")
    ann.press("button", "This is a shared computer")
    ann.go("/rooms/VZ-106/book")
    page.fill("[name=title]", "Who goes and who stays")
    page.keyboard.press("F8")
    expect(page.locator(LOCK)).to_be_visible()
    assert violations(page) == []
    assert not ann.overflows()
    assert not page.locator("main").is_visible()
    page.keyboard.press("Escape")
    expect(page.locator(LOCK)).to_be_visible()
    assert page.request.get(f"{ann.address}/mine", max_redirects=0).status in (303, 401)
    page.keyboard.type("not her password")
    page.keyboard.press("Enter")
    expect(page.locator("#lock-error")).to_be_visible()
    ann.wrong.clear()  # the browser tells of the 401
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(LOCK)).to_have_count(0)
    assert page.input_value("[name=title]") == "Who goes and who stays"
    expect(page.locator("[name=title]")).to_be_focused()


def test_without_script_the_lock_is_a_sound_page(visit):
    ann = visit(ANN, java_script_enabled=False)
    ann.go("/account")
    ann.press("button", "This is a shared computer")
    ann.click(ann.page.locator("form[data-lock] button").first)
    assert ann.path == "/locked?next=/account"
    ann.page.fill("[name=password]", PASSWORD)
    ann.press("button", "Go on")
    assert ann.path == "/account"

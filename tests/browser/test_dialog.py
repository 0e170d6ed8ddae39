"""A question on top of the page, which is also a page of its own; and the menu, on every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.serving import demo_site
from tests.browser.visitor import Visitor
from tests.cast import ANN, FARID

pytestmark = pytest.mark.browser

ASKED = "dialog[open]"


@pytest.fixture
def site(sqlite_shelf, clock, tmp_path):
    with demo_site(sqlite_shelf, clock, tmp_path / "mail", demo=True) as running:
        yield running


@pytest.mark.parametrize(("which", "leaves"), [(0, "what the page holds"), (1, "fetched from its own page")])
def test_a_question_is_asked_and_put_away_by_keyboard_and_gives_the_focus_back(which, leaves, visit):
    ann = visit(ANN)
    ann.go("/design")
    asking = ann.page.locator("a[data-dialog]").nth(which)
    asking.focus()
    ann.page.keyboard.press("Enter")
    dialog = ann.page.locator(ASKED)
    expect(dialog.get_by_role("heading", level=2)).to_have_text("Cancel this booking?")
    assert violations(ann.page) == []
    assert ann.page.evaluate(f"document.querySelector('{ASKED}').contains(document.activeElement)")
    ann.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(asking).to_be_focused()


def test_no_leads_back_to_where_the_question_was_asked(visit):
    ann = visit(ANN)
    ann.go("/design")
    ann.page.locator("a[data-dialog='']").click()
    ann.page.locator(ASKED).get_by_role("link", name="No, keep it").click()
    expect(ann.page.locator(ASKED)).to_have_count(0)
    assert ann.path == "/design"


def test_yes_sends_the_form_of_the_page_that_was_fetched(visit):
    ann = visit(ANN, width=390)
    ann.go("/design")
    ann.page.locator("a[data-dialog='']").click()
    ann.click(ann.page.locator(ASKED).get_by_role("button", name="Yes, cancel it"))
    assert "Nothing has changed" in ann.text


def test_without_script_the_question_is_a_page(visit):
    ann = visit(ANN, java_script_enabled=False)
    ann.go("/design")
    ann.click(ann.page.locator("a[data-dialog]").first)
    assert (ann.path, ann.title) == ("/design/question", "Cancel this booking?")
    ann.press("button", "Yes, cancel it")
    assert ann.path == "/design"


@pytest.mark.parametrize("width", [1280, 1024])
def test_every_word_of_the_menu_stands_on_one_line(width, visit):
    """For whoever has the longest menu."""
    farid = visit(FARID)
    farid.page.set_viewport_size({"width": width, "height": 700})
    tops = farid.page.eval_on_selector_all(".site-nav a", "links => links.map(link => link.offsetTop)")
    assert len(tops) >= 8
    assert len(set(tops)) == 1
    assert not farid.overflows()


def test_on_a_phone_the_menu_opens_to_keys_large_enough_for_a_thumb(visit):
    farid: Visitor = visit(FARID, width=390)
    link = farid.page.locator(".site-nav").get_by_role("link", name="Desks")
    expect(link).to_be_hidden()
    farid.page.locator(".menu summary").click()
    sizes = farid.page.eval_on_selector_all(
        ".site-nav a, .drop summary, .languages button", "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    assert violations(farid.page) == []
    assert not farid.overflows()
    farid.click(link)
    assert farid.title == "Desks"

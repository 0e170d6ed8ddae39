"""Many requests decided at once by whoever has no mouse, and a reason given with one press."""

from __future__ import annotations

import re

import pytest

from tests.browser.axe import violations
from tests.cast import GERDA, KAAT

pytestmark = pytest.mark.browser

TUESDAY = "2027-03-09"


@pytest.fixture
def requests(site):
    return [site.book(KAAT, "VZ-001", f"{TUESDAY}T{hour:02}:00", f"{hour:02}:30", attendees=6) for hour in (9, 11, 13)]


def statuses(site) -> list[str]:
    return [each.status for each in site.bookings()]


@pytest.mark.parametrize("width", [1280, 390])
def test_two_of_three_requests_are_approved_by_keyboard(width, visit, site, requests):
    gerda = visit(GERDA, width=width)
    gerda.go("/approvals")
    for request in (requests[0], requests[2]):
        box = gerda.page.locator(f"#booking-{request.handle} input[name=booking]")
        gerda.tab_to(box)
        gerda.page.keyboard.press("Space")
        assert box.is_checked()
    gerda.enter_on(gerda.page.get_by_role("button", name="Approve selected"))
    assert statuses(site) == ["confirmed", "pending", "confirmed"]
    assert "2 requests approved." in gerda.text
    assert not gerda.overflows()


def test_several_are_declined_by_keyboard_with_a_reason_and_without_one_nothing_happens(visit, site, requests):
    gerda = visit(GERDA)
    gerda.go("/approvals")
    gerda.enter_on(gerda.page.get_by_role("link", name="Tick all"))
    decline = gerda.page.get_by_role("button", name="Decline selected")
    gerda.enter_on(decline)
    assert statuses(site) == ["pending"] * 3
    assert violations(gerda.page) == []
    assert gerda.page.get_by_role("main").get_by_role("alert").is_visible()
    gerda.tab_to(gerda.page.locator("select[name=prepared]"))
    gerda.page.keyboard.press("ArrowDown")
    gerda.enter_on(decline)
    assert statuses(site) == ["declined"] * 3


@pytest.mark.parametrize("width", [1280, 390])
def test_one_press_on_a_prepared_reason_declines_and_escape_puts_the_question_away(width, visit, site, requests):
    gerda = visit(GERDA, width=width)
    gerda.go("/approvals")
    here = gerda.page.locator(f"#booking-{requests[1].handle}")
    reason = here.get_by_role("button", name=re.compile("^There is nobody to open"))
    here.locator("summary").click()
    assert reason.is_visible()
    assert violations(gerda.page) == []
    assert not gerda.overflows()
    gerda.page.keyboard.press("Escape")
    assert not reason.is_visible()
    here.locator("summary").click()
    gerda.click(reason)
    assert statuses(site) == ["pending", "declined", "pending"]
    gerda.press("link", re.compile("^Letter"))
    assert "There is nobody to open and lock up that evening." in gerda.text
    assert not gerda.overflows()
    assert violations(gerda.page) == []

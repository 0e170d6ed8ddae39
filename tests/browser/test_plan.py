"""A facility manager lowers a room by a plan: sees who is displaced, sends one elsewhere, applies it, ticks a call."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import update

from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.transaction import write_transaction
from tests.browser.axe import violations
from tests.cast import ANN, BRAM, FARID

pytestmark = pytest.mark.browser

TOMORROW = "2027-03-04"


@pytest.fixture
def meetings(site):
    """Of Ann, who has no e-mail, and of Bram."""
    with site.app.test_request_context(), write_transaction():
        db.session.execute(update(PersonRow).where(PersonRow.username == ANN).values(email=None))
    return [
        site.book(ANN, "VZ-101", f"{TOMORROW}T10:00", "11:00", attendees=14, title="Street plan"),
        site.book(BRAM, "VZ-101", f"{TOMORROW}T13:00", "14:00", attendees=16, title="Budget"),
    ]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_room_is_lowered_by_a_plan_and_everybody_is_told(width, visit, site, meetings):
    farid = visit(FARID, width=width)
    farid.go("/manage/spaces/VZ-101")
    farid.page.locator("[name=ceiling]").fill("12")
    farid.page.locator("[name=reason]").fill("The fire report of March.")
    farid.press("button", "Save")
    assert farid.page.locator("[value=plan]").is_visible()
    assert violations(farid.page) == []
    farid.click(farid.page.locator("[value=plan]"))
    assert farid.page.locator(".move").count() == 2
    _sound(farid)
    street = farid.page.locator(f"#booking-{meetings[0].handle}")
    farid.click(street.get_by_role("link").last)
    _sound(farid)
    farid.page.locator("[name=to][value=VZ-001]").check()
    farid.press("button", "Save")
    assert "De Rupel" in farid.page.locator(f"#booking-{meetings[0].handle}").inner_text()
    farid.click(farid.page.locator("[action$='/apply'] button"))
    assert {each.id: each.space for each in site.bookings()} == {meetings[0].id: "VZ-001", meetings[1].id: "VZ-102"}
    _sound(farid)
    call = farid.page.locator(".call")
    assert call.count() == 1
    assert call.get_by_role("link", name=re.compile("^\\+32")).is_visible()
    farid.click(call.get_by_role("button").first)
    assert farid.page.locator(".call .badge-good").is_visible()
    farid.go("/manage/plans")
    _sound(farid)
    farid.go(f"/bookings/{meetings[0].handle}")
    assert "De Vaart" in farid.page.get_by_role("main").inner_text()


def _sound(visitor) -> None:
    assert violations(visitor.page) == []
    assert not visitor.overflows()


def test_the_letters_come_on_paper_without_the_page_around_them(visit, site, meetings):
    farid = visit(FARID)
    farid.go("/manage/spaces/VZ-101")
    farid.page.locator("[name=ceiling]").fill("12")
    farid.page.locator("[name=reason]").fill("The fire report of March.")
    farid.press("button", "Save")
    farid.click(farid.page.locator("[value=plan]"))
    farid.click(farid.page.locator("[action$='/apply'] button"))
    farid.click(farid.page.locator("[href$='/letters']"))
    _sound(farid)
    farid.page.emulate_media(media="print")
    assert farid.page.locator(".plan-letter").is_visible()
    assert not farid.page.locator("h1").is_visible()
    assert not farid.page.locator(".site-head").is_visible()

"""What each of them does first in the morning: by mouse, by keyboard alone, and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator

from tests.browser.axe import violations
from tests.browser.serving import Site
from tests.browser.visitor import Visitor
from tests.cast import ANN, BRAM, DORA, FARID, GERDA, HUGO, INES, KAAT, NORA

pytestmark = pytest.mark.browser
TODAY, TOMORROW, IN_A_WEEK = "2027-03-03", "2027-03-04", "2027-03-10"


@dataclass
class Walker:
    """Somebody who goes through pages in one way: with a mouse or finger, or with Tab and Enter."""

    visitor: Visitor
    by_keyboard: bool

    def follow(self, role: str, name: str) -> None:
        self.go(self.visitor.page.get_by_role("main").get_by_role(role, name=re.compile(name)).first)

    def menu(self, name: str) -> None:
        page = self.visitor.page
        opener = page.locator("details.menu > summary")
        if opener.is_visible():
            opener.click() if not self.by_keyboard else self._press_on(opener)
        self.go(page.get_by_role("navigation", name="Main menu").get_by_role("link", name=name))

    def fill(self, name: str, text: str) -> None:
        field = self.visitor.page.locator(f"main [name={name}]").first
        if self.by_keyboard:
            self.visitor.tab_to(field)
            self.visitor.page.keyboard.press("ControlOrMeta+a")
            self.visitor.page.keyboard.type(text)
        else:
            field.fill(text)

    def unfold(self, name: str) -> None:
        summary = self.visitor.page.locator("main summary", has_text=name)
        self._press_on(summary) if self.by_keyboard else summary.click()

    def go(self, what: Locator) -> None:
        self.visitor.enter_on(what) if self.by_keyboard else self.visitor.click(what)

    def _press_on(self, what: Locator) -> None:
        self.visitor.tab_to(what)
        self.visitor.page.keyboard.press("Enter")


WAYS = {"mouse": (1280, False), "keyboard": (1280, True), "phone": (390, False)}


@pytest.fixture(params=WAYS)
def walk(request, visit) -> Callable[[str], Walker]:
    width, by_keyboard = WAYS[request.param]
    return lambda who: Walker(visit(who, width=width), by_keyboard)


def test_staff_take_a_desk_for_tomorrow(walk, site: Site):
    ann = walk(ANN)
    ann.follow("button", "^Book")
    assert [(each.kind, each.organiser) for each in site.bookings()] == [("desk", ANN)]


def test_staff_find_a_room_for_eight_tomorrow_at_ten(walk, site: Site):
    ann = walk(ANN)
    ann.menu("Find")
    ann.follow("link", "^8 people, tomorrow")
    ann.follow("link", "^Book")
    ann.follow("button", "^Book$")
    [booking] = site.bookings()
    assert booking.attendees == 8
    assert booking.status == "confirmed"


def test_a_coordinator_gives_a_booth_to_whoever_stands_there(walk, site: Site):
    dora = walk(DORA)
    dora.follow("button", "^Living wage")
    assert [each.service for each in site.bookings()] == ["OCMW-LEE"]


def test_the_receptionist_approves_what_an_association_asked(walk, site: Site):
    site.book(KAAT, "OR-01", f"{IN_A_WEEK}T14:00", "16:00", attendees=20, title="Open rehearsal")
    gerda = walk(GERDA)
    gerda.follow("button", "^Approve")
    assert site.bookings()[0].status == "confirmed"


def test_the_receptionist_books_for_somebody_who_rings(walk, site: Site):
    gerda = walk(GERDA)
    gerda.follow("link", "^Book for them")
    gerda.fill("caller_name", "Wim Vos")
    gerda.fill("caller_phone", "+32 3 555 01 02")
    gerda.fill("attendees", "18")
    gerda.follow("button", "^Show what is free")
    assert violations(gerda.visitor.page) == []
    gerda.follow("button", "^Book – De Rupel")
    [booking] = site.bookings()
    assert (booking.organiser, booking.organiser_name, booking.booked_by) == (None, "Wim Vos", GERDA)
    assert "Wim Vos" in gerda.visitor.text


def test_the_facility_manager_lowers_a_room(walk, site: Site):
    farid = walk(FARID)
    farid.menu("Manage")
    farid.follow("link", "^De Vaart$")
    farid.fill("ceiling", "12")
    farid.fill("reason", "The fire report of March.")
    farid.follow("button", "^Save$")
    assert "Saved" in farid.visitor.text


def test_the_protocol_officer_decides_on_a_hall(walk, site: Site):
    site.book(FARID, "PZ-01", f"{IN_A_WEEK}T07:00", "12:30", attendees=20, title="Information meeting")
    hugo = walk(HUGO)
    hugo.follow("button", "^Approve")
    assert site.bookings()[0].status == "confirmed"


def test_the_prevention_adviser_sees_how_full_the_house_will_be(walk, site: Site):
    site.book(FARID, "OR-04", f"{TOMORROW}T12:00", "13:00", attendees=30)
    nora = walk(NORA)
    nora.menu("Occupancy")
    nora.follow("link", "^Next day")
    nora.follow("link", "^Second floor")
    assert re.search(r"\b30\b", nora.visitor.text)
    assert violations(nora.visitor.page) == []


def test_a_partners_administrator_sees_what_others_see_of_theirs(walk, site: Site):
    site.book(INES, "SK-08", f"{TODAY}T11:00", "12:00", attendees=2, service="CAW-SLA")
    ines = walk(INES)
    ines.follow("link", "^What do others see")
    assert "Busy" in ines.visitor.text
    assert violations(ines.visitor.page) == []


def test_an_association_asks_for_a_room_and_follows_its_request(walk, site: Site):
    kaat = walk(KAAT)
    kaat.go(kaat.visitor.page.locator("main a[href^='/spaces/OR-01']").first)
    kaat.follow("link", "^Book$")
    kaat.fill("attendees", "20")
    kaat.follow("button", "^Book$")
    [booking] = site.bookings()
    assert (booking.status, booking.attendees) == ("pending", 20)
    assert "Waiting" in kaat.visitor.text


def test_of_a_colleagues_meeting_only_what_they_chose_is_told(walk, site: Site):
    site.book(BRAM, "VZ-102", f"{TOMORROW}T13:00", "14:00", attendees=6, title="Papers", privacy="busy")
    ann = walk(ANN)
    ann.menu("Rooms")
    ann.follow("link", "^Next day")
    page = ann.visitor.page
    page.get_by_role("grid").get_by_text("Busy 13:00–14:00").first.wait_for()
    assert "Papers" not in page.content()

"""A page that would come out as the browser has it already is not made again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import ANN, BRAM, ELS, NOW

PAGE = "/rooms?date=2027-03-04&view=timeline"


@pytest.fixture
def again(browser_of):
    """How the page is answered to somebody's browser that keeps it since the first call."""
    kept: dict[str, tuple] = {}

    def ask(who: str = ANN, page: str = PAGE):
        if who not in kept:
            browser = browser_of(who)
            browser.get(page)  # the first page gives the session its form token
            kept[who] = browser, browser.get(page).headers["ETag"]
        browser, tag = kept[who]
        return browser.get(page, headers={"If-None-Match": tag})

    return ask


def test_nothing_changed_so_nothing_is_sent_and_little_is_asked(again, counted_queries):
    again()
    with counted_queries() as counted:
        answer = again()
    assert (answer.status_code, answer.data) == (304, b"")
    assert counted.number <= 3
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("page", ["/desks?date=2027-03-04", "/booths?view=plan", "/spaces?view=week", "/rooms/VZ-104"])
def test_so_it_is_on_every_list_and_on_the_page_of_a_space(again, page):
    assert again(page=page).status_code == 304


def test_a_booking_a_person_or_a_closure_makes_it_another_page(again, booked, demo_app):
    again()
    booked(BRAM, "VZ-104", "2027-03-04T10:00", "11:00")
    answer = again()
    assert answer.status_code == 200
    assert "10:00–11:00" in answer.text


def test_as_does_a_change_of_the_house(again, browser_of):
    again()
    browser_of("facilitair.beheerder").post(
        "/manage/spaces/VZ-104",
        data={"ceiling": "3", "was_ceiling": "", "reason": "Works", "seen": "0", "valid_from": ""},
    )
    assert again().status_code == 200


def test_time_goes_on(again, clock):
    again()
    clock.instant = NOW + timedelta(minutes=5)
    assert again().status_code == 200


def test_another_reader_gets_another_page(again, browser_of):
    again()
    tag = browser_of(ELS).get(PAGE).headers["ETag"]
    again(ANN)
    assert tag not in again(ANN).headers["ETag"]


def test_a_message_is_said_once(browser_of, again):
    browser = browser_of(ANN)
    with browser.session_transaction() as cookie:
        cookie["_flashes"] = [("success", "Booked.")]
    answer = browser.get(PAGE)
    assert "Booked." in answer.text
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_about_one_booking_is_never_kept(browser_of, booked):
    booking = booked(ANN, "VZ-104", "2027-03-04T10:00", "11:00")
    browser = browser_of(ANN)
    for page in (f"/bookings/{booking.id}", "/mine", "/"):
        assert browser.get(page).headers["Cache-Control"] == "no-store", page


def test_signing_out_clears_what_was_kept(browser_of):
    assert browser_of(ANN).post("/logout").headers["Clear-Site-Data"] == '"cache"'

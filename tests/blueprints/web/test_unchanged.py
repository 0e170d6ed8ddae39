"""A page that came out as the browser has it already is not sent again, and its tag tells no more than the page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.bookings.cancel import cancel
from models.actions.bookings.change import change
from models.queries.bookings import booked_under
from models.queries.people import person_by_username
from models.rules.changes.spaces import SetCapacity
from models.rules.values import Scope
from tests.blueprints.booking.reading import Page, values_of
from tests.cast import ANN, BRAM, DORA, ELS, NOW, at
from tests.changing import put

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


def test_nothing_changed_so_nothing_is_sent_and_no_more_is_asked_than_for_the_page(again, browser_of, counted_queries):
    """Its tag is made of it: one that could be told without it would tell of what the page does not show."""
    again()
    browser = browser_of(ANN)
    browser.get(PAGE)
    again()  # signing in is a change of people, after which both are made anew
    with counted_queries() as for_the_page:
        assert browser.get(PAGE).status_code == 200
    with counted_queries() as counted:
        answer = again()
    assert (answer.status_code, answer.data) == (304, b"")
    assert counted.number <= for_the_page.number
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "page", ["/desks?date=2027-03-04", "/booths?date=2027-03-04", "/spaces?view=week", "/rooms/VZ-104"]
)
def test_so_it_is_on_every_list_and_on_the_page_of_a_space(again, page):
    assert again(page=page).status_code == 304


def test_a_booking_that_it_shows_makes_it_another_page(again, booked, demo_app):
    again()
    booked(BRAM, "VZ-104", "2027-03-04T10:00", "11:00")
    answer = again()
    assert answer.status_code == 200
    assert "10:00–11:00" in answer.text


def test_as_does_a_change_of_the_house_that_it_tells_of(again, demo_app):
    again(page="/rooms/VZ-104")
    with demo_app.test_request_context():
        put(SetCapacity(Scope("space", "VZ-104"), 3), now=NOW, reason="Works")
    assert again(page="/rooms/VZ-104").status_code == 200


def test_what_others_do_elsewhere_leaves_its_tag_as_it_is(again, booked, demo_app):
    """Somebody who asks each minute counts nobody's bookings."""
    again()
    talk = booked(DORA, "SK-05", "2027-03-04T10:00", "11:00", attendees=2, service="OCMW-SCH")
    booked(BRAM, "VZ-104", "2027-03-05T10:00", "11:00")
    assert again().status_code == 304
    with demo_app.test_request_context():
        cancel(talk.id, person_by_username(DORA), NOW)
    assert again().status_code == 304


def test_nor_does_a_change_of_what_its_reader_may_not_see_of_a_booking_it_shows(again, booked, demo_app):
    talk = booked(BRAM, "VZ-104", "2027-03-04T10:00", "11:00", title="Papers", privacy="busy", attendees=2)
    again(DORA)
    with demo_app.test_request_context():
        change(talk.id, {"title": "Notes", "attendees": 3}, person_by_username(BRAM), NOW)
    assert again(DORA).status_code == 304
    with demo_app.test_request_context():
        change(talk.id, {"end": at("2027-03-04T11:30")}, person_by_username(BRAM), NOW)
    assert again(DORA).status_code == 200


def test_a_desk_given_back_can_be_had_once_more_by_the_page_that_was_kept(again, browser_of, demo_app):
    """Its form carries a number, so that it is one booking however often it is sent: another after each booking."""
    page, desk = "/desks?date=2027-03-04&block=day", "WP-1BUR-02"

    def press() -> str:
        form = Page(browser.get(page)).form(f"/desks/{desk}/book")
        answer = browser.post(f"/desks/{desk}/book", data=values_of(form))
        assert answer.status_code == 303
        return answer.headers["Location"].rpartition("/")[2]

    browser = browser_of(ANN)
    first = press()
    with demo_app.test_request_context():
        cancel(booked_under(first).id, person_by_username(ANN), NOW)
    assert press() != first


def test_a_form_for_whoever_stands_there_is_made_anew_each_time(browser_of):
    """Two of the same sort may come one after the other: a page that was kept would take the second for the first."""
    answer = browser_of(DORA).get("/booths")
    assert "/booths/now" in answer.text
    assert (answer.headers.get("ETag"), answer.headers["Cache-Control"]) == (None, "no-store")


def test_time_goes_on(again, clock):
    today = "/rooms?view=timeline"
    again(page=today)
    clock.instant = NOW + timedelta(minutes=5)
    assert again(page=today).status_code == 200


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
    for page in (f"/bookings/{booking.handle}", "/mine", "/"):
        assert browser.get(page).headers["Cache-Control"] == "no-store", page


def test_signing_out_clears_what_was_kept(browser_of):
    assert browser_of(ANN).post("/logout").headers["Clear-Site-Data"] == '"cache"'

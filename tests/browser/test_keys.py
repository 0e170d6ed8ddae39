"""Single keys: a booth for whoever stands there from any page, by keyboard alone; and nothing while somebody types."""

from __future__ import annotations

import pytest

from tests.cast import ANN, DORA

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/", "/rooms", "/mine"])
def test_n_some_letters_and_enter_give_a_booth_from_any_page_however_fast_they_come(path, visit, site):
    dora = visit(DORA)
    dora.go(path)
    dora.page.keyboard.type("ndebt med")
    dora.page.keyboard.press("Enter")
    dora.page.wait_for_url("**/booths/now/*")
    [booking] = site.bookings()
    assert booking.service == "OCMW-SCH"
    assert dora.page.locator(".given-code strong").inner_text() == booking.visitor_code


def test_two_clicks_give_a_booth_from_any_page(visit, site):
    dora = visit(DORA)
    dora.go("/rooms")
    dora.page.get_by_role("link", name="Booth now").click()
    dora.page.get_by_role("dialog").get_by_role("button", name="Living wage").click()
    dora.page.wait_for_url("**/booths/now/*")
    assert [each.service for each in site.bookings()] == ["OCMW-LEE"]


def test_a_question_mark_shows_the_keys_which_sleep_while_somebody_types_and_can_be_switched_off(visit):
    dora = visit(DORA)
    dora.go("/rooms")
    keys, shown = dora.page.keyboard, dora.page.get_by_role("dialog")
    keys.press("?")
    assert "N\nBooth now" in shown.locator("dl").inner_text()
    keys.press("Escape")
    dora.go("/booths")  # the form stands on the page itself: N leads to it
    keys.press("n")
    field = dora.page.get_by_role("combobox", name="Service")
    keys.type("n?")
    assert field.input_value() == "n?"
    assert shown.count() == 0
    dora.page.get_by_role("link", name="Keys").click()
    shown.get_by_role("checkbox").uncheck()
    dora.go("/mine")
    for key in ("n", "?"):
        keys.press(key)
        assert shown.count() == 0
    dora.page.get_by_role("link", name="Keys").click()
    shown.get_by_role("checkbox").check()
    keys.press("Escape")
    keys.press("?")
    assert shown.is_visible()


def test_who_sits_at_no_counter_has_no_key_to_it_and_switches_those_of_a_booking_off(visit, site):
    booking = site.book(ANN, "VZ-104", "2027-03-03T09:15", "10:00", attendees=5)
    ann = visit(ANN)
    ann.go(f"/bookings/{booking.handle}")
    ann.page.keyboard.type("n?")
    shown = ann.page.get_by_role("dialog")
    assert "Booth now" not in shown.inner_text()
    assert "A\nCheck in" in shown.locator("dl").inner_text()
    shown.get_by_role("checkbox").uncheck()
    ann.page.keyboard.press("Escape")
    ann.page.keyboard.press("a")
    ann.go("/mine")
    assert [each.status for each in site.bookings()] == ["confirmed"]

"""Somebody stands at the counter of the social-welfare centre; the rest of the house learns only: a booth is taken."""

from __future__ import annotations

import json
import re
from urllib.request import Request, urlopen

import pytest

from tests.cast import ANN, DORA, GERDA

pytestmark = pytest.mark.browser

# What would tell a colleague of another organisation who sits there, or why.
TELLING = ("Debt mediation", "OCMW-SCH", "Schuldbemiddeling", "Sociale Dienst", DORA)


def booth_for_a_visitor_of(dora, site) -> tuple:
    """Dora names the service and gets a booth; the booking and the code that she tells the visitor."""
    dora.press("link", "Booths and counters")
    typed = dora.page.get_by_role("combobox", name="Service")
    typed.fill("debt med")
    typed.press("Enter")
    dora.page.wait_for_url("**/booths/now/*")
    [booking] = site.bookings()
    return booking, dora.page.locator(".given-code strong").inner_text()


def test_a_coordinator_gives_a_booth_to_somebody_standing_there_and_tells_them_a_code(visit, site):
    booking, code = booth_for_a_visitor_of(visit(DORA), site)
    assert booking.service == "OCMW-SCH"
    assert booking.kind == "booth"
    assert booking.status == "confirmed"
    assert code == booking.visitor_code
    assert re.fullmatch(r"\w{3}-\w{2}", code)


def test_a_service_of_her_own_is_one_click_from_home(visit, site):
    dora = visit(DORA)
    dora.press("button", re.compile("^Living wage"))
    assert dora.clicks == 1
    assert [each.service for each in site.bookings()] == ["OCMW-LEE"]


def test_a_double_click_on_a_service_takes_one_booth(visit, site):
    has_come = site.answer_only_twice("/booths/now")
    dora = visit(DORA)
    dora.book_impatiently(dora.page.get_by_role("button", name=re.compile("^Living wage")), has_come)
    [booking] = site.bookings()
    assert dora.path == f"/booths/now/{booking.handle}"


@pytest.mark.parametrize("width", [1280, 390])
def test_of_a_secret_talk_the_reception_sees_only_that_the_booth_is_taken(width, visit, site):
    booking, code = booth_for_a_visitor_of(visit(DORA), site)
    gerda = visit(GERDA, width=width)
    for path in ("/booths", f"/booths/{booking.space}"):
        gerda.go(path)
        assert re.sub(r"[\d:–\s]", "", gerda.page.locator("td.t").inner_text()) in ("Busy", "Bezet")
        assert not any(word in gerda.page.locator(".timeline").inner_text() for word in (*TELLING, code))
    gerda.go(f"/bookings/{booking.handle}")
    assert gerda.title in ("Busy", "Bezet")
    assert not any(word in gerda.page.content() for word in (*TELLING, code))
    assert gerda.page.get_by_role("main").locator("form").count() == 0


def test_a_colleague_who_may_not_book_that_booth_learns_not_even_that_it_is_taken(visit, site):
    booking, code = booth_for_a_visitor_of(visit(DORA), site)
    ann = visit(ANN)
    for path in ("/booths", f"/booths/{booking.space}", f"/bookings/{booking.handle}"):
        ann.go(path)
        assert ann.page.locator("td.t").count() == 0
        assert not any(word in ann.page.get_by_role("main").inner_text() for word in (code, booking.handle))


def test_a_program_with_the_receptions_token_learns_no_more_than_the_reception(visit, site):
    booking, _code = booth_for_a_visitor_of(visit(DORA), site)
    asked = Request(
        f"{site.address}/api/v1/bookings/{booking.handle}", headers={"Authorization": f"Bearer {site.token(GERDA)}"}
    )
    with urlopen(asked, timeout=120) as answer:
        assert set(json.load(answer)) == {"id", "space", "kind", "start", "end"}

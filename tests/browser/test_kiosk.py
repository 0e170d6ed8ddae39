"""A kiosk under the hands of whoever comes: what they leave alone goes away, an impatient press is one number, and
every page of it is sound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from models.queries.line import line_of
from tests.blueprints.screens.calling import COUNTERS, join
from tests.browser.axe import violations
from tests.browser.serving import Site
from tests.browser.visitor import PATIENCE
from tests.screens import cookie_of, screen_at

pytestmark = pytest.mark.browser
ADDRESS = f"/kiosk/{COUNTERS}"


@pytest.fixture
def kiosk(chromium, site, clock) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE)
    context.add_cookies([cookie_of(screen_at(site.app, "kiosk", COUNTERS), ADDRESS)])
    yield context.new_page()
    context.close()


def begin(kiosk: Page, site: Site) -> None:
    """On a kiosk whose clock stands: nothing goes away while a busy machine presses."""
    kiosk.clock.install(time=site.clock() - timedelta(hours=1))  # it runs until it is told to stand
    kiosk.clock.pause_at(site.clock())
    kiosk.goto(site.address + ADDRESS)


def test_what_is_left_alone_goes_away_in_ten_seconds_and_in_sixty_for_whoever_asks_for_more(kiosk, site):
    begin(kiosk, site)
    start, chosen = site.address + ADDRESS, f"{site.address}{ADDRESS}?lang=nl"
    kiosk.get_by_role("link", name="Nederlands").click()
    expect(kiosk).to_have_url(chosen)
    kiosk.clock.run_for(9_900)
    kiosk.get_by_role("heading").click()  # somebody is still there
    kiosk.clock.run_for(9_900)
    expect(kiosk).to_have_url(chosen)
    kiosk.get_by_role("link", name="Meer tijd").click()
    kiosk.clock.run_for(59_900)
    expect(kiosk).to_have_url(chosen)
    kiosk.context.set_offline(True)
    with kiosk.expect_event("requestfailed"):
        kiosk.clock.run_for(1_000)
    expect(kiosk.get_by_role("heading")).to_have_text("Waarvoor kom je?")  # it leaves for no page that is not there
    kiosk.context.set_offline(False)
    kiosk.clock.run_for(5_000)
    expect(kiosk).to_have_url(start)


def test_a_number_pressed_twice_is_one_and_a_code_is_typed_on_its_keys(kiosk, site):
    begin(kiosk, site)
    kiosk.get_by_role("link", name="Nederlands").click()
    kiosk.get_by_role("link", name="Ik heb een afspraak").click()
    for sign in "K7F":
        kiosk.get_by_role("button", name=sign, exact=True).click()
    kiosk.get_by_role("button", name="Wis het laatste teken").click()
    expect(kiosk.get_by_label("Je code")).to_have_value("K7")
    kiosk.get_by_role("button", name="Ik ben er").click()
    expect(kiosk.get_by_role("alert")).to_contain_text("We vinden vandaag geen afspraak met deze code.")
    kiosk.get_by_role("link", name="Opnieuw beginnen").click()
    kiosk.get_by_role("link", name="Nederlands").click()
    kiosk.get_by_role("button", name="Mobiliteit").dblclick()
    expect(kiosk.get_by_role("heading")).to_contain_text("Je nummer is")
    with site.app.test_request_context():
        assert len(line_of(COUNTERS, site.clock())) == 1


def test_each_page_of_it_can_be_used_by_whoever_sees_or_moves_otherwise(kiosk, site):
    """Without its own script, so that no page goes away while it is judged."""
    kiosk.route("**/js/kiosk.js*", lambda route: route.abort())
    with site.app.test_request_context():
        place = join(site.clock()).handle
    wrong = []
    for path in ("", "?lang=nl", "/code?lang=fr", f"/ticket/{place}?lang=de", "/ask?lang=en"):
        kiosk.goto(f"{site.address}{ADDRESS}{path}")
        wrong += [f"{path}: {each}" for each in violations(kiosk)]
    kiosk.goto(f"{site.address}/line/place/{place}")
    assert [*wrong, *violations(kiosk)] == []

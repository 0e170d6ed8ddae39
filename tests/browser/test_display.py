"""A screen in the hall lives through its days: each call once and for its full time, whatever becomes of server,
network and clock. Its own clock is a simulated one, and runs with the house's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.blueprints.screens.calling import COUNTERS, call, helped, join
from tests.browser.serving import Site
from tests.browser.visitor import PATIENCE
from tests.cast import at
from tests.conftest import StandingClock
from tests.screens import cookie_of, screen_at

pytestmark = pytest.mark.browser
EVERY, FULL, STALE = 3, 12, 15
ADDRESS = f"/display/{COUNTERS}"
SPRING, AUTUMN = at("2027-03-28T01:59"), datetime.fromisoformat("2027-10-31T00:59:00+00:00")


class Display:
    """The page of a paired screen. `shown`: the numbers that had the stage, in order, and for how many seconds."""

    def __init__(self, context: BrowserContext, site: Site, clock: StandingClock) -> None:
        self.context, self.site, self.clock = context, site, clock
        context.add_cookies([cookie_of(screen_at(site.app, "display", COUNTERS), ADDRESS)])
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.page.clock.install(time=clock.instant - timedelta(hours=1))  # it runs until it is told to stand
        self.page.clock.pause_at(clock.instant)
        self.shown: list[tuple[int, int]] = []
        self.start()

    def start(self) -> None:
        """Switched on, or off and on again."""
        self.page.goto(self.site.address + ADDRESS)
        expect(self.page.locator("#display")).to_have_attribute("data-asked", "1")
        self._look()

    def wait(self, seconds: int) -> None:
        for _step in range(seconds // EVERY):
            self.clock.instant += timedelta(seconds=EVERY)
            self._until_answered(lambda: self.page.clock.run_for(EVERY * 1000))
            self._look()

    def sleep(self, until: datetime) -> None:
        """Hours in which nobody looks; then one question that is answered."""
        asleep, self.clock.instant = until - self.clock.instant, until
        self._until_answered(lambda: self.page.clock.fast_forward(round(asleep.total_seconds() * 1000)))
        self.wait(EVERY)

    def _until_answered(self, goes_on: Callable[[], None]) -> None:
        """Its clock goes on far enough for one question; the next is not asked before it goes on again."""
        display = self.page.locator("#display")
        asked = int(display.get_attribute("data-asked"))
        goes_on()
        expect(display).to_have_attribute("data-asked", str(asked + 1))

    def call(self, *counters: int) -> list[int]:
        """In one second, somebody to each of these counters."""
        numbers = []
        with self.site.app.test_request_context():
            for counter in counters:
                join(self.clock.instant)
                numbers.append(call(counter, self.clock.instant).number)
        return numbers

    def help(self, *counters: int) -> None:
        """Whom these clerks called came, and is done."""
        with self.site.app.test_request_context():
            for counter in counters:
                helped(counter, self.clock.instant)

    @property
    def stage(self) -> int | None:
        number = self.page.locator("#stage:not([hidden]) .call-number")
        return int(number.text_content()) if number.count() else None

    @property
    def staying(self) -> list[int]:
        return [int(each) for each in self.page.locator(".staying-list .call-number").all_text_contents()]

    @property
    def last_news(self) -> str | None:
        stale = self.page.locator("#stale:not([hidden])")
        return stale.locator("#last-news").text_content() if stale.count() else None

    def _look(self) -> None:
        number = self.stage
        if number is None:
            return
        if self.shown and self.shown[-1][0] == number:
            self.shown[-1] = number, self.shown[-1][1] + EVERY
        else:
            self.shown.append((number, EVERY))


@pytest.fixture
def display(chromium, site, clock) -> Iterator[Display]:
    context = chromium.new_context(viewport={"width": 1920, "height": 1080})
    yield Display(context, site, clock)
    context.close()


def test_each_call_has_its_full_time_and_no_old_one_comes_back(display):
    one, two = display.call(1, 2)
    display.wait(EVERY)
    assert (display.stage, display.staying) == (one, [two, one])
    fits = "document.documentElement.scrollHeight <= innerHeight"
    assert display.page.evaluate(fits), "nobody scrolls a screen on a wall"
    display.wait(3 * FULL)
    assert display.shown == [(one, FULL), (two, FULL)]
    display.start()
    display.wait(FULL)
    assert (display.stage, display.staying) == (None, [two, one])
    display.page.evaluate("localStorage.clear()")  # a browser that forgets all when it is switched off
    display.start()
    display.wait(FULL)
    assert display.stage is None


def test_a_screen_that_is_cut_off_says_so_and_shows_then_what_it_missed(display):
    display.context.set_offline(True)
    display.wait(STALE)
    assert display.last_news is None
    display.wait(2 * EVERY)
    assert display.last_news == "09:00"
    [missed] = display.call(1)
    display.wait(EVERY)
    display.context.set_offline(False)
    display.wait(2 * EVERY)
    assert (display.last_news, display.stage) == (None, missed)
    display.context.route("**/calls", lambda route: route.fulfill(status=502, body="restarting"))
    display.wait(STALE + 2 * EVERY)
    assert display.last_news == "09:00"
    display.context.unroute("**/calls")
    display.wait(EVERY)
    assert (display.last_news, [number for number, _seconds in display.shown]) == (None, [missed])


@pytest.mark.parametrize(("change", "before", "after"), [(SPRING, "01:59", "03:00"), (AUTUMN, "02:59", "02:00")])
def test_in_the_night_in_which_the_clock_changes_the_time_is_the_towns(change, before, after, display):
    display.sleep(change)
    [number] = display.call(1)
    display.wait(EVERY)
    assert display.stage == number
    display.context.set_offline(True)
    display.wait(STALE + 2 * EVERY)
    assert display.last_news == before
    display.context.set_offline(False)
    display.sleep(change + timedelta(minutes=1))
    display.context.set_offline(True)
    display.wait(STALE + 2 * EVERY)
    assert (display.last_news, [each for each, _seconds in display.shown]) == (after, [number])


@pytest.mark.deep
@pytest.mark.parametrize("change", [SPRING, AUTUMN])
def test_through_thirty_six_hours_around_a_clock_change_each_call_is_shown_once(change, display):
    """Of each hour some minutes, in which something happens; 72 hours in all."""
    chance, called = Random(72), []
    display.sleep(change - timedelta(hours=18))
    for hour in range(36):
        counters = chance.sample(range(1, 7), chance.randint(0, 3))
        called += display.call(*counters)
        match chance.randrange(4):
            case 0:
                display.start()
            case 1:
                display.context.set_offline(True)
                display.wait(chance.choice((EVERY, STALE + 2 * EVERY)))
                display.context.set_offline(False)
            case 2:
                display.context.route("**/calls", lambda route: route.fulfill(status=503, body="restarting"))
                display.wait(2 * EVERY)
                display.context.unroute("**/calls")
        display.wait(4 * FULL)
        if chance.random() < 0.3:
            display.start()
        display.help(*counters)
        display.sleep(change + timedelta(hours=hour - 17))
    assert [number for number, _seconds in display.shown] == called
    assert {seconds for _number, seconds in display.shown} == {FULL}

"""Somebody at a browser: every press counted, and everything that goes wrong behind a page written down."""

from __future__ import annotations

import re
from threading import Event

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, expect

REFUSED_FORM = re.compile(r"Failed to load resource: .* (400|401|403|404|409|422) ")
A_BOOKING = re.compile(r"/(bookings|booths/now)/[0-9a-z]{16}$")
LONGEST_WAY_BY_TAB = 150
# Milliseconds until a page is given up: no promise of how fast it is, and no time lost where it is quick.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)


class Visitor:
    """One page in a browser of its own. `wrong`: what no page may do; it is empty when all is well."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.clicks = 0
        self.wrong: list[str] = []
        context.set_default_timeout(PATIENCE)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))
        context.on("response", self._look_at)
        self.page: Page = context.new_page()

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    @property
    def path(self) -> str:
        """Where this browser is, without the site's own address."""
        return self.page.url.removeprefix(self.address)

    @property
    def title(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def text(self) -> str:
        """What stands in the page itself, without menu and footer."""
        return self.page.get_by_role("main").inner_text()

    def click(self, what: Locator) -> None:
        """Click a link or button, and wait for the page it leads to."""
        with self.page.expect_navigation():
            what.click()
        self.clicks += 1

    def press(self, role: str, name: str | re.Pattern) -> None:
        """Click the first link or button called so."""
        self.click(self.page.get_by_role(role, name=name).first)

    def book_impatiently(self, what: Locator, has_come: Event) -> None:
        """Press it again when the first press has come to the server but is not yet answered; wait for the booking's
        page. A press that is only about to be sent would be taken back by the browser with the second one."""
        box = what.bounding_box()
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.click(*middle)
        assert has_come.wait(PATIENCE / 1000)
        self.page.mouse.click(*middle)
        expect(self.page).to_have_url(A_BOOKING)

    def tab_to(self, what: Locator) -> None:
        """Walk there with the Tab key alone, as whoever has no mouse must."""
        self.page.keyboard.press("Tab")
        for _step in range(LONGEST_WAY_BY_TAB):
            if what.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key never came to {what}")

    def enter_on(self, what: Locator) -> None:
        """Tab to a link or button and press Enter; wait for the page it leads to."""
        self.tab_to(what)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def overflows(self) -> bool:
        """Whether the page is wider than the screen, so that it must be moved sideways to be read."""
        return self.page.evaluate("document.scrollingElement.scrollWidth > window.innerWidth")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not REFUSED_FORM.match(message.text):
            self.wrong.append(f"console on {self.page.url}: {message.text}")

    def _look_at(self, response: Response) -> None:
        if not response.url.startswith((self.address, "data:")):
            self.wrong.append(f"asked of somewhere else: {response.url}")
        if response.status >= 500:
            self.wrong.append(f"{response.status} from {response.url}")

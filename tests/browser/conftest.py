"""A real browser before a house of the test's own. SQLite alone: what is tested here is what a page does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.serving import PASSWORD, Site, demo_site
from tests.browser.visitor import PATIENCE, Visitor
from tests.needs import need

HEIGHTS = {1280: 800, 390: 844, 320: 700}


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """For this package alone: while playwright runs, its event loop stands in the way of others in the same thread."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    need(program, "Chromium", "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture
def site(sqlite_shelf, clock, tmp_path) -> Iterator[Site]:
    with demo_site(sqlite_shelf, clock, tmp_path / "mail") as running:
        yield running


@pytest.fixture
def visit(chromium, site) -> Iterator[Callable[..., Visitor]]:
    """`visit(ANN)` opens her home page, signed in, in a browser of her own; `visit(ANN, width=390)` on her phone.

    The cookie was given to her before: the page to sign in on is opened where every page is. When the test ends, no
    page may have complained, asked anything of another site, or broken down.
    """
    visitors: list[Visitor] = []
    with ExitStack() as stack:

        def visiting(who: str, width: int = 1280, **options) -> Visitor:
            context = stack.enter_context(
                chromium.new_context(viewport={"width": width, "height": HEIGHTS[width]}, locale="en-GB", **options)
            )
            visitor = Visitor(context, site.address)
            visitors.append(visitor)
            context.add_cookies([site.cookie_of(who)])
            visitor.go("/")
            return visitor

        yield visiting
        assert [wrong for visitor in visitors for wrong in visitor.wrong] == []


def sign_in(visitor: Visitor, who: str) -> None:
    """On the page for it; it leads to where their day begins."""
    visitor.go("/login")
    visitor.page.locator("#username").fill(who)
    visitor.page.locator("#password").fill(PASSWORD)
    visitor.page.locator("#password").press("Enter")
    visitor.page.wait_for_url(lambda address: not address.startswith(f"{visitor.address}/login"))

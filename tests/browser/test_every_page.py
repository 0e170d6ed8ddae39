"""Whatever link somebody follows leads to a sound page, for whoever sees or moves otherwise too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import HEIGHTS, sign_in
from tests.browser.crawl import MOST_BOOKINGS, Found, follow_links, opened
from tests.browser.scene import fill
from tests.browser.serving import demo_site
from tests.browser.sound_page import faults
from tests.browser.visitor import Visitor
from tests.cast import ANN, DORA, FARID, GERDA, INES, KAAT, ROOS
from tests.conftest import StandingClock

pytestmark = pytest.mark.browser

PASSER_BY = None
# In this order: of each, only those pages are looked at that look like none of those before.
EVERYBODY = (ANN, DORA, GERDA, FARID, INES, KAAT, ROOS, PASSER_BY)
DOCUMENTS = "/api/docs"  # the one page that is the same for whoever looks
# Width, colours, and which rules of axe may judge differently than at the first look; none: all of them.
LOOKED_AT = ((1280, "light", ()), (320, "dark", ("color-contrast", "target-size")))
# A file or a piece; what only a refused form leads to; what only a locked browser shows (test_lock); what is
# opened on a panel, and looks as any screen does that waits to be paired.
NOT_PAGES = {
    "account.locked",
    "static",
    "manage.export",
    "manage.register_csv",
    "booking.people",
    "booking.refusal_explained",
    "feeds.read",
    "screens.panel",
    "web.healthz",
    "web.readyz",
    "web.metrics",
}


@pytest.fixture(scope="module")
def house(sqlite_shelf, tmp_path_factory):
    with demo_site(sqlite_shelf, StandingClock(), tmp_path_factory.mktemp("mail"), demo=True) as running:
        fill(running)
        yield running


@pytest.fixture(scope="module")
def pages_of(house) -> Callable[[str | None], list[Found]]:
    @cache
    def crawled(who: str | None) -> list[Found]:
        return follow_links(house.reader(who), "/login" if who is PASSER_BY else "/")

    return crawled


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/bookings/99999", 404), ("/manage", 403)])
def test_a_page_that_cannot_be_shown_says_so_on_a_sound_page(path, status, house):
    page = opened(house.reader(ANN), path)
    assert page.status == status
    assert faults(page.html, page.soup) == []


def test_every_page_of_the_house_is_found_by_following_links_and_is_sound(house, pages_of):
    pages = [page for who in EVERYBODY for page in pages_of(who)]
    there_are = {
        rule.endpoint
        for rule in house.app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.endpoint.startswith("api.")
    } - NOT_PAGES
    never_met = there_are - {page.look[0] for page in pages}
    wrong = [f"{page.path}: status {page.status}" for page in pages if page.status != 200]
    wrong += [f"{page.path}: {fault}" for page in _some_of_each_look(pages) for fault in faults(page.html, page.soup)]
    all_is_well([f"no link leads to {endpoint}" for endpoint in sorted(never_met)] + wrong)


@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who or "a passer-by")
def test_every_sort_of_page_works_for_everyone_in_a_browser(who, chromium, house, pages_of):
    """In the light and in the dark, on a desk's screen and enlarged four times, which is a small phone's width."""
    context = chromium.new_context(viewport={"width": 1280, "height": HEIGHTS[1280]}, reduced_motion="reduce")
    visitor = Visitor(context, house.address)
    if who is not PASSER_BY:
        sign_in(visitor, who)
    wrong = [
        f"{page.path}: {fault}"
        for page in _of_each_look(who, pages_of)
        for fault in _faults_in_browser(visitor, page.path)
    ]
    context.close()
    all_is_well(wrong + visitor.wrong)


def all_is_well(wrong: list[str]) -> None:
    """Fails with every fault in full: one run should tell all there is to mend."""
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def _of_each_look(who: str | None, pages_of) -> list[Found]:
    before = EVERYBODY[: EVERYBODY.index(who)]
    known = {page.look for each in before for page in pages_of(each) if _teaches_once(page.path, who)}
    fresh = {page.look: page for page in reversed(pages_of(who)) if page.look not in known}
    return list(fresh.values())


def _some_of_each_look(pages: list[Found]) -> Iterator[Found]:
    """Of whatever looks alike those of two people; of bookings more, for each of them shows something else."""
    met = Counter[tuple[str, ...]]()
    for page in pages:
        met[page.look] += 1
        if met[page.look] <= (MOST_BOOKINGS if page.look[0] == "booking.one" else 2):
            yield page


def _teaches_once(path: str, who: str | None) -> bool:
    """Whether it was seen once somebody saw it: today's is everyone's own, and a passer-by finds another frame."""
    return path == DOCUMENTS if who is PASSER_BY else path != "/"


def _faults_in_browser(visitor: Visitor, path: str) -> list[str]:
    page, found = visitor.page, []
    for width, colours, rules in LOOKED_AT:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme=colours)
        if not rules:
            visitor.go(path)
        found += [f"{width} px, {colours}: {each}" for each in violations(page, rules)]
        if visitor.overflows():
            found.append(f"wider than the screen at {width} px")
    return found

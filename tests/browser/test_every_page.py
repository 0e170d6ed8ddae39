"""Whatever link somebody follows leads to a sound page, for whoever sees or moves otherwise too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import HEIGHTS, sign_in
from tests.browser.crawl import MOST_BOOKINGS, Found, follow_links, opened
from tests.browser.pieces import leave_some_of_each_row, pieces
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
LOOKED_AT = ((1280, "light"), (320, "dark"))
OTHERWISE_ON_A_PHONE = ("color-contrast", "target-size")  # what axe may judge otherwise there than at the first look
# A file or a piece; what only a form leads to, sent or refused; what only a locked browser shows (test_lock); what is
# opened on a panel, and looks as any screen does that waits to be paired; a kiosk's, and its ticket (test_kiosk).
NOT_PAGES = {
    "account.locked",
    "static",
    "manage.export",
    "manage.register_csv",
    "manage.stand_ins",
    "booths.given",
    "booking.people",
    "booking.refusal_explained",
    "feeds.read",
    "home.here",
    "screens.panel",
    "screens.calls",
    "screens.kiosk_code",
    "screens.kiosk_ticket",
    "screens.kiosk_ask",
    "screens.place",
    "web.healthz",
    "web.readyz",
    "web.metrics",
}


class Look(NamedTuple):
    """A page to be looked at, and whether there is something to judge on it that was on none before."""

    path: str
    is_new: bool


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
    assert faults(page.html) == []


def test_every_page_of_the_house_is_found_by_following_links_and_is_sound(house, pages_of):
    pages = [page for who in EVERYBODY for page in pages_of(who)]
    there_are = {
        rule.endpoint
        for rule in house.app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.endpoint.startswith("api.")
    } - NOT_PAGES
    never_met = there_are - {page.look[0] for page in pages}
    wrong = [f"{page.path}: status {page.status}" for page in pages if page.status != 200]
    wrong += [f"{page.path}: {fault}" for page in _some_of_each_look(pages) for fault in faults(page.html)]
    all_is_well([f"no link leads to {endpoint}" for endpoint in sorted(never_met)] + wrong)


@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who or "a passer-by")
def test_every_sort_of_page_works_for_everyone_in_a_browser(who, chromium, house, looks):
    """In the light and in the dark, on a desk's screen and enlarged four times, which is a small phone's width."""
    context = chromium.new_context(viewport={"width": 1280, "height": HEIGHTS[1280]}, reduced_motion="reduce")
    visitor = Visitor(context, house.address)
    if who is not PASSER_BY:
        sign_in(visitor, who)
    wrong = [
        f"{look.path}: {fault}" for look in looks[who] for fault in _faults_in_browser(visitor, look.path, look.is_new)
    ]
    context.close()
    all_is_well(wrong + visitor.wrong)


def all_is_well(wrong: list[str]) -> None:
    """Fails with every fault in full: one run should tell all there is to mend."""
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


@pytest.fixture(scope="module")
def looks(pages_of) -> dict[str | None, list[Look]]:
    """For each what looks like nothing that was seen before. A page put together of known pieces in a known way is
    opened all the same, but is new to no judge of pieces."""
    before, known, found = [], set(), {}
    for who in EVERYBODY:
        seen = {page.look for page in before if _teaches_once(page.path, who)}
        found[who] = []
        for page in {page.look: page for page in reversed(pages_of(who)) if page.look not in seen}.values():
            here = {page.look[1:], *pieces(page.html)}
            found[who].append(Look(page.path, not here <= known))
            known |= here
        before += pages_of(who)
    return found


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


def _faults_in_browser(visitor: Visitor, path: str, is_new: bool) -> list[str]:
    found = []
    visitor.go(path)
    for width, colours in LOOKED_AT:
        _look(visitor, width, colours)
        if visitor.overflows():
            found.append(f"wider than the screen at {width} px")
    if is_new:
        leave_some_of_each_row(visitor.page)
        found += [f"{LOOKED_AT[1]}: {each}" for each in violations(visitor.page, OTHERWISE_ON_A_PHONE)]
    _look(visitor, *LOOKED_AT[0])
    return found + [f"{LOOKED_AT[0]}: {each}" for each in (violations(visitor.page) if is_new else ())]


def _look(visitor: Visitor, width: int, colours: str) -> None:
    visitor.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    visitor.page.emulate_media(color_scheme=colours)

"""Draw the pictures: `python -m tests.pictures [folder]`. Needs Chromium."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from models.actions.people.choose_language import choose_language
from models.queries.people import person_by_username
from tests.browser.serving import PASSWORD, Site, demo_site
from tests.cast import ANN, CHRIS, DORA, ELS, FARID, GERDA, KAAT, NORA
from tests.conftest import StandingClock
from tests.databases import SqliteShelf
from tests.pictures.full_day import TODAY, TOMORROW, fill

FOLDER = Path(__file__).parents[2] / "static" / "pictures"
DESK, PHONE = (1280, 800), (390, 844)


@dataclass(frozen=True)
class Picture:
    name: str
    who: str
    path: str
    size: tuple[int, int] = DESK
    scheme: str = "light"
    refused: bool = False  # the form is sent with more people than fit, and its answer is drawn


PICTURES = (
    Picture("today", ANN, "/"),
    Picture("rooms", ANN, f"/rooms?date={TODAY}&view=timeline", (1280, 1040)),
    Picture("rooms-phone-dark", ANN, f"/rooms?date={TODAY}&view=timeline", PHONE, "dark"),
    Picture("plan", ANN, f"/desks?date={TOMORROW}&view=plan&floor=F1", (1280, 1120)),
    Picture("finder", ANN, f"/find?attendees=8&when=at&date={TOMORROW}&start=10:00&minutes=60"),
    Picture("finder-phone", ANN, f"/find?attendees=8&when=at&date={TOMORROW}&start=10:00&minutes=60#found", PHONE),
    Picture(
        "refused-phone", ANN, f"/rooms/VZ-105/book?start={TOMORROW}T11:00&end=12:00&attendees=9", PHONE, refused=True
    ),
    Picture("booths", DORA, "/booths"),
    Picture("occupancy-dark", NORA, f"/occupancy?date={TODAY}&floor=F1", scheme="dark"),
    Picture("week", GERDA, f"/rooms?date={TODAY}&view=week"),
    Picture("empty-phone", KAAT, "/mine?show=past", PHONE),
    Picture("capacity", FARID, "/manage/spaces/VZ-101"),
    Picture("plan-editor", FARID, "/manage/plan/F1"),
)


def draw(picture: Picture, browser: Browser, site: Site, folder: Path) -> None:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="nl-BE",
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    _sign_in(page, site.address, picture.who)
    page.goto(site.address + picture.path)
    if picture.refused:
        page.locator("main form#booking button[type=submit]").first.click()
        page.wait_for_load_state()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=folder / f"{picture.name}.png")
    context.close()


def _sign_in(page: Page, address: str, who: str) -> None:
    page.goto(f"{address}/login")
    page.fill("#username", who)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(f"{address}/")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        sys.exit("Chromium is needed (Debian: chromium)")
    clock = StandingClock()
    with (
        tempfile.TemporaryDirectory() as scratch,
        demo_site(SqliteShelf(Path(scratch)), clock, Path(scratch) / "mail") as site,
        sync_playwright() as playwright,
    ):
        with site.app.test_request_context():
            for who in (ANN, CHRIS, DORA, ELS, FARID, GERDA, KAAT, NORA):
                choose_language(person_by_username(who).id, "nl")
        fill(site)
        browser = playwright.chromium.launch(executable_path=program, args=["--lang=nl"])
        for picture in PICTURES:
            draw(picture, browser, site, folder)
            print(folder / f"{picture.name}.png")
        browser.close()


if __name__ == "__main__":
    main()

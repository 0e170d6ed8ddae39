"""Every address is made from TREFPUNT_BASE_URL, path and all, whatever a request calls us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import Client, TestResponse

from app import create_app
from blueprints.feeds.links import booking_url
from blueprints.web.base_url import AtBaseUrl
from models.actions.bookings.book import book
from models.actions.people.create_token import create_token
from models.queries.people import person_by_username
from models.tables.db import db
from tests.browser.serving import PASSWORD, _let_the_cast_in
from tests.cast import ANN, FARID, ask
from tests.conftest import QUICK_ARGON2
from tests.databases import SECRET, migrated
from tests.demo_building import load_demo_building
from tests.house.source import ROOT

ORIGIN, PATH = "https://stad.example", "/trefpunt"
LIES = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "host=evil.example",
}
LEADING = ("href", "action", "formaction", "src", "hx-get", "hx-post")


@pytest.fixture
def town(sqlite_shelf, clock, tmp_path) -> Iterator[Flask]:
    """The demo building below a path, where Ann has booked a room."""
    with sqlite_shelf.copy_of("demo with passwords", migrated, load_demo_building, _let_the_cast_in) as url:
        app = create_app(
            {
                "TREFPUNT_DATABASE_URL": url,
                "TREFPUNT_SECRET_KEY": SECRET,
                "TREFPUNT_MAIL_DIR": str(tmp_path),
                "TREFPUNT_BASE_URL": ORIGIN + PATH,
                "TREFPUNT_ARGON2": QUICK_ARGON2,
                "TREFPUNT_CLOCK": clock,
            }
        )
        with app.test_request_context():
            book(ask("VZ-101", "2027-03-03T10:00", "11:00"), person_by_username(ANN), clock())
        yield app
        with app.app_context():
            db.engine.dispose()


class Browser:
    """Behind a proxy that takes the path off, at every second request, or leaves it on, at the others; both pass on
    whatever somebody calls the site."""

    def __init__(self, app: Flask) -> None:
        self.client, self.takes_off = Client(app), False

    def open(self, path: str, **more) -> TestResponse:
        assert path.startswith(f"{PATH}/"), f"{path} leads out of {PATH}"
        self.takes_off = not self.takes_off
        sent = path.removeprefix(PATH) if self.takes_off else path
        more.setdefault("headers", {}).update(LIES)
        return self.client.open(sent, buffered=True, **more)


def signed_in(app: Flask, who: str) -> Browser:
    browser = Browser(app)
    form = BeautifulSoup(browser.open(f"{PATH}/login").text, "html.parser").find("input", attrs={"name": "csrf_token"})
    sent = {"username": who, "password": PASSWORD, "csrf_token": form["value"], "next": f"{PATH}/mine"}
    answer = browser.open(f"{PATH}/login", method="POST", data=sent)
    assert (answer.status_code, answer.location) == (303, f"{PATH}/mine")
    return browser


def led_to(page: TestResponse, address: str) -> set[str]:
    """Where its links, forms, scripts and pictures lead, as paths of our site."""
    soup = BeautifulSoup(page.text, "html.parser")
    found = {tag[name] for name in LEADING for tag in soup.find_all(attrs={name: True})}
    whole = {urljoin(f"{ORIGIN}{address}", each) for each in found}
    return {urlsplit(each)._replace(fragment="", scheme="", netloc="").geturl() for each in whole if ORIGIN in each}


def test_below_a_path_every_page_leads_to_addresses_below_it(town):
    """One page of each sort, found by following links; whichever name the request has for us."""
    routes = town.url_map.bind("stad.example")
    looked_at: set[str] = set()
    astray: set[tuple[str, str]] = set()
    for who in (ANN, FARID):
        browser, waiting, mine = signed_in(town, who), [f"{PATH}/"], set()
        while waiting:
            address = waiting.pop()
            try:
                endpoint, _values = routes.match(urlsplit(address).path.removeprefix(PATH))
            except HTTPException:
                continue  # a form's address, to which things are sent
            if endpoint in mine or endpoint in ("manage.export", "manage.register_csv"):
                continue
            mine.add(endpoint)
            page = browser.open(address)
            assert page.status_code < 500, address
            assert b"evil" not in page.data + str(page.headers).encode(), address
            paths = led_to(page, address) if page.mimetype == "text/html" else {page.location} - {None}
            astray |= {(address, each) for each in paths if not each.startswith(f"{PATH}/")}
            waiting += sorted(each for each in paths if each.startswith(f"{PATH}/"))
        looked_at |= mine
    assert astray == set()
    assert len(looked_at) > 60
    assert {"booking.one", "manage.overview", "find.show", "static", "api.docs"} <= looked_at


def test_no_template_writes_an_address_without_the_base_path():
    """Also where no link leads: what went wrong, or is answered in pieces."""
    bare = re.compile(r"""(?:href|action|src|hx-\w+)=["']/(?!/)|(?<!base_path\(\) ~ )request\.(?:full_)?path""")
    strays = [
        f"{path.name}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert strays == [], "write url_for(), here(), or base_path() before it"


def test_what_programs_and_mails_are_given_are_whole_addresses_of_the_base_url(town):
    with town.test_request_context():
        token = create_token(ANN, "write", town.config["TREFPUNT_CLOCK"]())
    with town.app_context():
        assert booking_url("abc") == f"{ORIGIN}{PATH}/bookings/abc"
    program = Browser(town)

    def asked(path: str, **more):
        return program.open(f"{PATH}{path}", headers={"Authorization": f"Bearer {token}"}, **more)

    window = "start=2027-03-03T00:00:00Z&end=2027-03-05T00:00:00Z"
    pages = [asked(f"/api/v1/{each}limit=1") for each in (f"bookings?{window}&", "spaces?")]
    assert [each.json["next"].partition("?")[0] for each in pages if each.json["next"]][-1:] == [
        f"{ORIGIN}{PATH}/api/v1/spaces"
    ]
    assert (
        asked(urlsplit(pages[-1].json["next"])._replace(scheme="", netloc="").geturl()[len(PATH) :]).status_code == 200
    )
    feed = asked("/api/v1/feeds", method="POST", json={"scope": "mine"}).json
    assert re.fullmatch(rf"{ORIGIN}{PATH}/feeds/[\w-]+\.ics", feed["url"])
    calendar = program.open(urlsplit(feed["url"]).path)
    assert calendar.status_code == 200
    assert f"{ORIGIN}{PATH}/bookings/" in calendar.text.replace("\r\n ", "")
    assert asked("/api/openapi.json").json["servers"] == [{"url": f"{PATH}/api/v1"}]
    assert asked("/api/v1/spaces?limit=no").json["type"].startswith(f"{PATH}/api/docs#")
    docs = program.open(f"{PATH}/api/docs")
    assert f"{ORIGIN}{PATH}/api/v1/spaces" in docs.text
    for answer in (*pages, calendar, docs, asked("/api/v1/nothing"), program.open(f"{PATH}/rooms/")):
        assert "evil" not in answer.text + str(answer.headers)


@pytest.mark.parametrize(
    ("base_url", "asked", "script_name", "path_info"),
    [
        ("https://stad.example", "/rooms", "", "/rooms"),
        ("https://stad.example/trefpunt", "/trefpunt/rooms", "/trefpunt", "/rooms"),
        ("https://stad.example/trefpunt", "/rooms", "/trefpunt", "/rooms"),  # the proxy took it off
        ("https://stad.example/trefpunt", "/trefpunt", "/trefpunt", "/"),
        ("https://stad.example/trefpunt", "/trefpuntje", "/trefpunt", "/trefpuntje"),
        ("http://stad.example:8080/a/b", "/a/b/rooms", "/a/b", "/rooms"),
    ],
)
def test_a_path_is_taken_off_where_the_proxy_left_it(base_url, asked, script_name, path_info):
    app = Flask(__name__)
    app.config["TREFPUNT_BASE_URL"] = base_url
    seen: dict[str, object] = {}
    AtBaseUrl(app, lambda environ, _start: seen.update(environ) or [])(
        {"PATH_INFO": asked, "SCRIPT_NAME": "/evil", "HTTP_HOST": "evil.example", "wsgi.url_scheme": "http"}, None
    )
    assert (seen["SCRIPT_NAME"], seen["PATH_INFO"]) == (script_name, path_info)
    assert f"{seen['wsgi.url_scheme']}://{seen['HTTP_HOST']}{script_name}" == base_url

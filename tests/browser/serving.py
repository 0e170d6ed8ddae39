"""The demo building on an address of this machine, as a browser meets it, under a clock that stands still."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bs4 import BeautifulSoup
from flask import Flask, Response, request
from flask.testing import FlaskClient
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from models.actions.bookings.book import book
from models.actions.people.choose_language import choose_language
from models.actions.people.create_token import create_token
from models.actions.people.set_password import set_passwords
from models.queries.bookings import bookings_page
from models.queries.people import person_by_username
from models.rules.changes.spaces import SetCapacity
from models.rules.people.discretion import Booked
from models.rules.people.passwords import passwords_at
from models.rules.values import Scope
from models.tables.db import db
from tests import cast
from tests.cast import ask
from tests.changing import put
from tests.conftest import QUICK_ARGON2, TEMPLATES
from tests.databases import SECRET, SqliteShelf, migrated
from tests.demo_building import load_demo_building

PASSWORD = "the same for the whole cast"
CAST = (
    cast.ANN,
    cast.BRAM,
    cast.CHRIS,
    cast.DORA,
    cast.ELS,
    cast.FARID,
    cast.GERDA,
    cast.HUGO,
    cast.INES,
    cast.KAAT,
    cast.LIEN,
    cast.NORA,
    cast.ROOS,
)


@dataclass(frozen=True, slots=True)
class Site:
    """A running house: where it answers, and what tests do in it past every page."""

    app: Flask
    address: str
    clock: Callable[[], datetime]

    def book(self, who: str, space: str, start: str, end: str, **more) -> Booked:
        """The first date of what is booked."""
        with self.app.test_request_context():
            return book(ask(space, start, end, **more), person_by_username(who), self.clock()).bookings[0]

    def lower(self, space: str, ceiling: int) -> None:
        """Set a ceiling over every layout of a space from today on."""
        with self.app.test_request_context():
            put(SetCapacity(Scope("space", space), ceiling), now=self.clock(), reason="The fire report.")

    def bookings(self) -> list[Booked]:
        with self.app.test_request_context():
            return bookings_page(limit=500)

    def token(self, who: str) -> str:
        with self.app.test_request_context():
            return create_token(who, "read", self.clock())

    def answer_only_twice(self, path: str) -> threading.Event:
        """Hold the answer to a form sent here until it has been sent again: as slow as an impatient person fears.

        The event is set when the form has come for the first time.
        """
        both = threading.Barrier(2, timeout=120)
        has_come = threading.Event()

        def hold(response: Response) -> Response:
            if request.method == "POST" and request.path == path:
                has_come.set()
                both.wait()
            return response

        self.app.after_request_funcs.setdefault(None, []).append(hold)
        return has_come

    def reader(self, who: str | None) -> FlaskClient:
        """Somebody signed in without a browser, for what needs only the HTML; None for a passer-by."""
        client = self.app.test_client()
        if who is not None:
            form = BeautifulSoup(client.get("/login").text, "html.parser").find("form", action="/login")
            token = form.find("input", attrs={"name": "csrf_token"})["value"]
            client.post("/login", data={"username": who, "password": PASSWORD, "csrf_token": token})
        return client

    def cookie_of(self, who: str) -> dict[str, str]:
        """What a browser of theirs is given when they sign in, as playwright takes it."""
        name = self.app.config["SESSION_COOKIE_NAME"]
        return {"name": name, "value": self.reader(who).get_cookie(name).value, "url": self.address}


@contextmanager
def demo_site(shelf: SqliteShelf, clock: Callable[[], datetime], mail: Path, *, demo: bool = False) -> Iterator[Site]:
    """A house of its own, with nothing booked, in which the whole cast can sign in and reads English.

    `demo`: with what only those who try Trefpunt get to see.
    """
    with shelf.copy_of("demo with passwords", migrated, load_demo_building, _let_the_cast_in) as url:
        app = create_app(
            {
                "TREFPUNT_DATABASE_URL": url,
                "TREFPUNT_SECRET_KEY": SECRET,
                "TREFPUNT_MAIL_DIR": str(mail),
                "TREFPUNT_MAIL_URL": None,
                "TREFPUNT_DEMO": "1" if demo else "0",
                "TREFPUNT_PROBES": "0",
                "TREFPUNT_API_LIMIT": "0",
                "TREFPUNT_ARGON2": QUICK_ARGON2,
                "TREFPUNT_CLOCK": clock,
                "TREFPUNT_PATIENCE": 60,
            }
        )
        app.jinja_env.bytecode_cache = TEMPLATES
        with _served(app) as address:
            app.config["TREFPUNT_BASE_URL"] = address  # the port is known only now; feeds say their whole address
            yield Site(app, address, clock)
        with app.app_context():
            db.engine.dispose()


def _let_the_cast_in() -> None:
    set_passwords(CAST, PASSWORD, passwords_at(**QUICK_ARGON2))
    for username in CAST:
        choose_language(person_by_username(username).id, "en")


class _Silent(WSGIRequestHandler):
    def log_request(self, *_arguments) -> None:
        pass


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""A screen that was paired past every page."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from blueprints.screens.secret import screen_secret
from models.actions.devices import pair_device
from models.actions.people.attempts import Counted, Knock, count_attempt
from models.queries.people import person_by_username
from models.rules.people.pairing import Spot, pairing_code
from models.rules.people.person import By
from tests.cast import FARID, NOW
from tests.databases import SECRET


def pair(kind: str, zone: str, secret: str = "of a screen", name: str = "By the stairs") -> None:
    """Its code was typed by the facility manager."""
    spot = Spot(kind, zone)
    counted = count_attempt(Knock("screens", f"{kind} {zone}", "127.0.0.1"), NOW)
    assert isinstance(counted, Counted)
    pair_device(pairing_code(secret, spot, SECRET, NOW), name, SECRET, By(person_by_username(FARID), NOW), counted)


def screen_at(app: Flask, kind: str, zone: str) -> FlaskClient:
    """The browser of one that came back for its place."""
    screen = app.test_client()
    cookie = screen.get(f"/{kind}/{zone}").headers["Set-Cookie"]
    secret = _secret_in(app, cookie)
    with app.test_request_context():
        pair(kind, zone, secret)
    assert 'id="code"' not in screen.get(f"/{kind}/{zone}").text
    return screen


def cookie_of(screen: FlaskClient, path: str) -> dict[str, str]:
    """As playwright takes it."""
    cookie = screen.get_cookie("trefpunt-screen", path=path)
    assert cookie is not None
    return {"name": cookie.key, "value": cookie.value, "domain": "127.0.0.1", "path": path}


def _secret_in(app: Flask, cookie: str) -> str:
    with app.test_request_context(headers={"Cookie": cookie.partition(";")[0]}):
        secret = screen_secret()
    assert secret is not None
    return secret

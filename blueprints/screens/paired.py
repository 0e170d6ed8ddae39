"""Which device asks; and for whoever is none, or one for another zone or of another kind, the pairing page: the same
whether or not there is such a zone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from blueprints.screens.secret import fresh_secret, keep_secret, screen_secret
from blueprints.web.clock import now
from models.actions.devices import let_in
from models.actions.people.touch_last_used import is_due, touch_device
from models.queries.devices import SEEN_WITHIN, Paired, awaited_screen, device_of
from models.rules.people.pairing import STEP, Spot, pairing_code, pairing_hash
from models.rules.people.tokens import token_hash


def paired(kind: str, root: str) -> Callable:
    """Let a view run only for a device of this kind that is paired with the zone in the address; it is handed that
    device in the zone's place. `root`: the endpoint under whose address the cookie lies. Elsewhere than there, whoever
    is none gets 404, or is led there where somebody may stand before it."""

    def guard(view: Callable) -> Callable:
        @wraps(view)
        def guarded(zone: str, **more) -> Response:
            spot = Spot(kind, zone)
            device = _device_at(spot)
            if device is None and request.endpoint != root:
                return redirect(url_for(root, zone=zone), 303) if kind == "kiosk" else make_response("", 404)
            if device is None:
                return pairing_page(spot, url_for(root, zone=zone))
            return make_response(view(device, **more))

        return guarded

    return guard


def pairing_page(spot: Spot, path: str) -> Response:
    secret = screen_secret() or fresh_secret()
    code = pairing_code(secret, spot, current_app.config["SECRET_KEY"], now())
    answer = make_response(render_template("screens/pairing.html", code=code, minutes=round(STEP.total_seconds() / 60)))
    keep_secret(answer, secret, path)
    return answer


def _device_at(spot: Spot) -> Paired | None:
    """The device that asks, if it asks for its own place. One whose code has just been typed is let in by that: the
    only write that a screen's question leads to, beside that it was heard."""
    secret = screen_secret()
    if secret is None:
        return None
    hashed = token_hash(secret)
    device = device_of(hashed)
    if (device is None or not device.is_at(spot)) and _is_awaited(secret, spot) and let_in(secret, spot, now()):
        device = device_of(hashed)
    if device is None or not device.is_at(spot):
        return None
    if is_due(device.last_used_at, now(), SEEN_WITHIN):
        g.note_use = lambda: touch_device(hashed, now(), SEEN_WITHIN)
    return device


def _is_awaited(secret: str, spot: Spot) -> bool:
    """Asked without the lock of writers: a screen that nobody pairs asks every few seconds."""
    return awaited_screen(pairing_hash(secret, spot), now()) is not None

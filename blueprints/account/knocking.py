"""Who knocks, as the brake on guessing sees them: name, address, and a browser that was here before.

A cookie of its own knows that browser: it opens nothing, outlives every session, and is worth nothing but to be let
through to the password while somebody elsewhere is guessing.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from flask import current_app, request
from flask_babel import ngettext
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from blueprints.web.clock import now
from models.actions.people.attempts import BROWSER_KNOWN_FOR, Knock
from models.rules.people.throttle import SECOND
from models.rules.people.tokens import new_token, token_hash

MINUTE = 60
MARKED_FOR = timedelta(days=400)  # as long as browsers keep any


def knock_of(username: str) -> Knock:
    token = _token()
    return Knock(username, _keyed(username), request.remote_addr or "", token and token_hash(token))


def browser_token() -> str:
    """The token of this browser: the one it has, or a new one to be kept with keep_browser()."""
    return _token() or new_token("")


def this_browser() -> str | None:
    """The hash of the token this browser shows, whether or not anybody signed in with it."""
    token = _token()
    return token and token_hash(token)


def keep_browser(answer: Response, token: str) -> None:
    answer.set_cookie(
        _cookie(),
        _signer().dumps(token),
        max_age=BROWSER_KNOWN_FOR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def mark_browser_shared(answer: Response, is_shared: bool) -> None:
    """For everybody who signs in here from now on."""
    if not is_shared:
        answer.delete_cookie(_shared_cookie(), secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True)
        return
    answer.set_cookie(
        _shared_cookie(),
        "1",
        max_age=MARKED_FOR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def is_marked_shared() -> bool:
    return _shared_cookie() in request.cookies


def seconds_until(again_at: datetime) -> int:
    return max(-(-(again_at - now()) // SECOND), 1)


def wait_sentence(seconds: int) -> str:
    if seconds < MINUTE:
        return ngettext(
            "Too many attempts. Try again in %(num)d second.",
            "Too many attempts. Try again in %(num)d seconds.",
            seconds,
        )
    return ngettext(
        "Too many attempts. Try again in %(num)d minute.",
        "Too many attempts. Try again in %(num)d minutes.",
        -(-seconds // MINUTE),
    )


def _token() -> str | None:
    """Signed, so that nobody asks the database with tokens of their own making."""
    try:
        found = _signer().loads(request.cookies.get(_cookie(), ""))
    except BadSignature:
        return None
    return found if isinstance(found, str) else None


def _shared_cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-shared"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known browser")


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-known"


def _keyed(username: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"sign in {username}".encode(), "sha256").hexdigest()

"""The secret of a screen, in a cookie of its own address alone: a computer with a display and a kiosk has two."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from models.rules.people.tokens import new_token

KEPT_FOR = timedelta(days=400)  # as long as browsers keep any; each page that a screen loads begins it anew


def screen_secret() -> str | None:
    """Signed, so that nobody asks the database with secrets of their own making."""
    try:
        found = _signer().loads(request.cookies.get(_cookie(), ""))
    except BadSignature:
        return None
    return found if isinstance(found, str) else None


def fresh_secret() -> str:
    return new_token("")


def keep_secret(answer: Response, secret: str, path: str) -> None:
    """For this path and what lies below it. It opens nothing until its code was typed by somebody who may."""
    answer.set_cookie(
        _cookie(),
        _signer().dumps(secret),
        max_age=KEPT_FOR,
        path=path,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Strict",
    )


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="screen")


def _cookie() -> str:
    """Never `__Host-…`: browsers keep such a one only for all addresses together."""
    return "__Secure-trefpunt-screen" if current_app.config["SESSION_COOKIE_SECURE"] else "trefpunt-screen"

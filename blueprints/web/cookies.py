"""The cookie in which a browser's session lies, signed as Flask does."""

from __future__ import annotations

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class SignedCookies(SecureCookieSessionInterface):
    """What signs them is made once for a key: who brings no cookie would wait for it as well."""

    kept: tuple[object, URLSafeTimedSerializer | None] = None, None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        keys = app.secret_key, app.config["SECRET_KEY_FALLBACKS"]
        if self.kept[0] != keys:
            self.kept = keys, super().get_signing_serializer(app)
        return self.kept[1]

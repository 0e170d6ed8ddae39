"""Who asks, behind proxies: the word of as many is taken as TREFPUNT_TRUSTED_PROXIES says, by itself of none."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def start_proxies(app: Flask) -> None:
    """From here on `request.remote_addr` is whoever stands before the trusted ones. Their word on scheme, host and path
    is not asked for: those are said by TREFPUNT_BASE_URL."""
    trusted: int = app.config["TREFPUNT_TRUSTED_PROXIES"]
    if trusted:
        fixed = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=0, x_host=0, x_port=0, x_prefix=0)
        app.wsgi_app = fixed  # type: ignore[method-assign]  # Flask's own way to put something before the app


def what_is_trusted(number: int) -> str:
    """The line that a start says of it."""
    if not number:
        return "No proxy is trusted: whoever connects is whoever asks. (TREFPUNT_TRUSTED_PROXIES=0)"
    return (
        f"Trusted: the last {number} of X-Forwarded-For, as written by {number} of our own "
        f"proxies. Nobody else may reach this port. (TREFPUNT_TRUSTED_PROXIES={number})"
    )

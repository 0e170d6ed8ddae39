"""Headers on every answer: what a browser may load, and what it may keep."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, Response, current_app, g, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
A_YEAR = 365 * 24 * 60 * 60
OVER_TLS = {"Strict-Transport-Security": f"max-age={A_YEAR}"}


def start_headers(app: Flask) -> None:
    app.after_request(_with_headers)


def headers_of_all() -> Iterable[tuple[str, str]]:
    """What stands on every answer that says nothing else."""
    over_tls = current_app.config["TREFPUNT_BASE_URL"].startswith("https://")
    return ({**ALWAYS, **OVER_TLS} if over_tls else ALWAYS).items()


def _with_headers(response: Response) -> Response:
    said = {name.lower() for name in response.headers.keys()}  # noqa: SIM118 - they are no dict
    for name, value in headers_of_all():
        if name.lower() not in said:
            response.headers.add(name, value)
    kept = response.headers.get("Cache-Control", "")
    if g.get("shared_computer") and request.endpoint != "static" and "no-store" not in kept:
        response.headers["Cache-Control"] = "no-store"
    # Computers at a counter are shared: without this, "back" shows the last one's bookings after they signed out.
    if response.mimetype in ("text/html", "application/json", "application/problem+json"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response

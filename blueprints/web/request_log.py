"""One line of the log for each request: by which endpoint and whom, and how it went; never its address, in which names
and tokens stand."""

from __future__ import annotations

import logging
import re
import secrets
import time

from flask import Flask, Response, current_app, g, request

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
# A watchdog, a screen that asks every few seconds, and the dozen files of a page.
QUIET = frozenset({"web.healthz", "web.readyz", "web.metrics", "screens.calls", "static"})
logger = logging.getLogger("trefpunt.request")


def start_request_log(app: Flask) -> None:
    """Before all others that look at a request: one that they refuse has its line as well."""
    app.before_request(_begin)
    app.after_request(_tell)
    app.jinja_env.globals["request_id"] = request_id


def request_id() -> str:
    """By which a request is found in the log. A proxy's, where one is trusted: it stands in its own log too."""
    if "request_id" not in g:
        g.request_id = given_or_new_id(request.headers.get(HEADER, ""))
    return g.request_id


def given_or_new_id(given: str) -> str:
    is_believed = current_app.config["TREFPUNT_TRUSTED_PROXIES"] and GIVEN.fullmatch(given)
    return given if is_believed else secrets.token_hex(8)


def _begin() -> None:
    g.request_began = time.perf_counter()


def _tell(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    began = g.get("request_began")
    log_request(
        request_id(),
        request.endpoint,
        request.method,
        response.status_code,
        None if began is None else time.perf_counter() - began,
        person=_person_number(),
        incident=g.get("incident"),
    )
    return response


def log_request(
    number: str,
    endpoint: str | None,
    method: str,
    status: int,
    seconds: float | None,
    *,
    person: int | None = None,
    incident: str | None = None,
) -> None:
    facts = {
        "request_id": number,
        "person": person,
        "endpoint": endpoint or "none",
        "method": method if len(method) < 10 else "other",
        "status": status,
        "ms": None if seconds is None else round(seconds * 1000, 1),
        "incident": incident,
    }
    is_quiet = endpoint in QUIET and status < 400
    level = logging.DEBUG if is_quiet else logging.ERROR if status >= 500 else logging.INFO
    logger.log(level, "request", extra=facts)


def _person_number() -> int | None:
    """Of whoever was found to be signed in; the database is not asked for it."""
    visitor = g.get("_login_user")  # where flask-login keeps whom it has found
    person = getattr(visitor, "person", None)
    return person.id if person is not None else None

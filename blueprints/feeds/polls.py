"""Most who read a calendar ask, day and night, whether it is another: answered before anything else is looked at.

Stands before the app: one statement tells whether the tag that is kept beside the feed still holds. Who is no more a
part of the house, what they may see, and what was booked all have their part in that, so nothing is asked of sessions,
people or the house. Whatever is not known to be unchanged goes the long way, through blueprints/feeds/address.py: also
what is unknown, revoked or closed, and whatever the database cannot answer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.http import http_date

from blueprints.feeds.tags import has_it, settings_it_is_written_by
from blueprints.web.clock import now
from blueprints.web.headers import headers_of_all
from blueprints.web.identity import note_quietly
from blueprints.web.metrics import count
from blueprints.web.packing import OF_A_PACKED_ONE
from blueprints.web.request_log import HEADER, given_or_new_id, log_request
from models.actions.people.touch_last_used import is_due, touch_feed
from models.queries.feed_tags import AskedFeed, asked_feed
from models.rules.people.tokens import token_hash

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESS = re.compile(r"/feeds/([^/]+)\.ics")
ENDPOINT = "feeds.read"
CONTENT_TYPE = "text/calendar; charset=utf-8"
UNCHANGED, THERE = "304 NOT MODIFIED", "200 OK"


def start_polls(app: Flask) -> None:
    """The last that looks at a request before the app: what stands further out says from where and under which address
    it was asked."""
    app.wsgi_app = Polls(app, app.wsgi_app)  # type: ignore[method-assign,assignment]  # Flask's way to stand before it


class Polls:
    def __init__(self, app: Flask, answer: WSGIApplication) -> None:
        self.app, self.answer = app, answer

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        address = ADDRESS.fullmatch(environ.get("PATH_INFO", ""))
        given, method = environ.get("HTTP_IF_NONE_MATCH", ""), environ["REQUEST_METHOD"]
        if address:
            start = _alike(start, method)
        if address and (method == "HEAD" or (method == "GET" and given)):
            with self.app.app_context():
                answered = self._unchanged(address[1], given, method, environ)
            if answered:
                start(*answered)
                return ()
        return self.answer(environ, start)

    def _unchanged(
        self, token: str, given: str, method: str, environ: WSGIEnvironment
    ) -> tuple[str, list[tuple[str, str]]] | None:
        began, instant, hashed = time.perf_counter(), now(), token_hash(token)
        try:
            asked = asked_feed(hashed)
            tag = asked.standing_tag(instant, settings_it_is_written_by()) if asked else None
        except SQLAlchemyError:
            return None  # asked again further on, where it is put in words
        if asked is None or tag is None or not (method == "HEAD" or has_it(given, tag)):
            return None
        if is_due(asked.last_used_at, instant):
            note_quietly(lambda: touch_feed(hashed, instant))
        status = UNCHANGED if has_it(given, tag) else THERE
        number = given_or_new_id(environ.get("HTTP_X_REQUEST_ID", ""))
        seconds = time.perf_counter() - began
        count(ENDPOINT, method, int(status[:3]), seconds)
        log_request(number, ENDPOINT, method, int(status[:3]), seconds)
        return status, [*_headers(asked, tag, given, status, instant), (HEADER, number), *headers_of_all()]


def _alike(start: StartResponse, method: str) -> StartResponse:
    """With the same headers in the same order, whichever of the two ways an answer went: which one it was would tell
    that somebody else has written something. Nobody has a session here, whatever the long way has looked at."""

    def started(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:  # Any: as WSGI hands it on
        told = [(name, "Accept-Encoding" if name == "Vary" else value) for name, value in headers]
        return start(status, sorted(each for each in told if method != "HEAD" or each[0] != "Content-Length"), *error)

    return started


def _headers(asked: AskedFeed, tag: str, given: str, status: str, instant: datetime) -> Iterator[tuple[str, str]]:
    packed = OF_A_PACKED_ONE if f"{tag}{OF_A_PACKED_ONE}" in given else '"'
    yield "ETag", f'"{tag}{packed}'
    yield "Cache-Control", "private"
    yield "Vary", "Accept-Encoding"
    if status == THERE:
        yield "Last-Modified", http_date(asked.day(instant).start)
        yield "Content-Type", CONTENT_TYPE

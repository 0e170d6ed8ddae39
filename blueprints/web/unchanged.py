"""304 for a page that would come out as the browser has it already: found by one query, without making it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, current_app, make_response, request, session

from blueprints.web.clock import now
from blueprints.web.identity import current_person, session_token_hash
from blueprints.web.language import language
from models.queries.house import revisions

MINUTES = 5  # for so long "now" stands still on a page that may be kept
MADE_OF = (("templates", "*.html"), ("translations", "*.po"), ("blueprints", "*.py"), ("models", "*.py"))


def start_unchanged(app: Flask) -> None:
    """What pages are made of, reckoned once: another version of the site makes other pages of the same facts."""
    app.config["TREFPUNT_MADE_OF"] = _made_of(Path(app.root_path))


@cache
def _made_of(root: Path) -> str:
    files = (path for folder, name in MADE_OF for path in sorted((root / folder).rglob(name)))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def unless_unchanged(view: Callable) -> Callable:
    """For a page that shows no more than house, bookings, its reader and the time: 304 while none of them is otherwise.

    The browser must ask each time. Signing out clears what it kept, for computers at a counter are shared.
    """

    @wraps(view)
    def answered(*args, **kwargs) -> Response:
        if "_flashes" in session:
            return make_response(view(*args, **kwargs))  # a message is said once
        tag = sha256("\n".join(_page_depends_on()).encode()).hexdigest()[:32]
        known = request.if_none_match.contains(tag)
        response = Response(status=304) if known else make_response(view(*args, **kwargs))
        if response.status_code in (200, 304):
            response.set_etag(tag)
            response.headers["Cache-Control"] = "private, no-cache"
            response.vary.update(("Cookie", "HX-Request"))
        return response

    return answered


def _page_depends_on() -> Iterator[str]:
    person = current_person()
    yield current_app.config["TREFPUNT_MADE_OF"]
    yield from map(str, revisions())
    yield str(int(now().timestamp()) // (60 * MINUTES))
    yield f"{person.id if person else ''} {session_token_hash()} {session.get('csrf_token')} {language()}"
    yield f"{request.full_path} {request.headers.get('HX-Request', '')}"

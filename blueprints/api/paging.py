"""Lists in pages: each answer carries the address of the next, which says after what to go on."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Response, request

from blueprints.api.answers import answered
from blueprints.web.addresses import digits
from blueprints.web.base_url import absolute
from models.rules.refusals import BadRequest
from models.rules.values import MOMENT, BadValue


def answered_page(found: Sequence, limit: int, as_json: Callable, word: Callable) -> Response:
    """The first `limit` of what was found; where there is more, with the next page's address: after the last one's
    `word`."""
    shown = found[:limit]
    return answered(
        {
            "items": [as_json(each) for each in shown],
            "next": _next_page(word(shown[-1])) if len(found) > limit else None,
        }
    )


def _next_page(after: str) -> str:
    """This same address, going on after the given place."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "after" and value]
    return absolute(f"{request.path}?{urlencode([*kept, ('after', after)])}")


def place_of(start: datetime, last: str | int) -> str:
    """A place in a list ordered by start and then by what its things are called, as one word. Programs need not read
    it."""
    return word_of_code(f"{start.astimezone(UTC).isoformat()} {last}")


def place_in(word: str | None) -> tuple[datetime, str] | None:
    text = code_in(word)
    if text is None:
        return None
    start, _, last = text.partition(" ")
    try:
        place = MOMENT.read(start)
    except BadValue:
        last = ""
    if not last:
        raise BadRequest("after", "not_a_page")
    return place, last


def numbered_place_in(word: str | None) -> tuple[datetime, int] | None:
    """As place_in(), of a list of what is called by its number."""
    found = place_in(word)
    number = digits(found[1]) if found else None
    if found and number is None:
        raise BadRequest("after", "not_a_page")
    return (found[0], number) if found and number is not None else None


def word_of_code(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def code_in(word: str | None) -> str | None:
    if word is None:
        return None
    try:
        return base64.b64decode(word.encode() + b"=" * (-len(word) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise BadRequest("after", "not_a_page") from None

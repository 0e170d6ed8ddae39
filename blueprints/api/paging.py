"""Lists in pages: each answer carries the address of the next, which says after what to go on."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import request

from blueprints.api.answers import full_address
from blueprints.web.addresses import digits
from models.rules.refusals import BadRequest
from models.rules.values import MOMENT, BadValue


def next_page(after: str) -> str:
    """This same address, going on after the given place."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "after" and value]
    return full_address(f"{request.path}?{urlencode([*kept, ('after', after)])}")


def place_of(start: datetime, number: int) -> str:
    """A place in a list ordered by start and number, as one word. Programs need not read it."""
    return _encoded(f"{start.astimezone(UTC).isoformat()} {number}")


def place_in(word: str | None) -> tuple[datetime, int] | None:
    if word is None:
        return None
    start, _, number = _decoded(word).partition(" ")
    try:
        place = MOMENT.read(start), digits(number)
    except BadValue:
        place = None, None
    if None in place:
        raise BadRequest("after", "not_a_page")
    return place


def word_of_code(code: str) -> str:
    return _encoded(code)


def code_in(word: str | None) -> str | None:
    return None if word is None else _decoded(word)


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(word: str) -> str:
    try:
        return base64.b64decode(word.encode() + b"=" * (-len(word) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise BadRequest("after", "not_a_page") from None

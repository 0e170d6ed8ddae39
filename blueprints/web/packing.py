"""Answers are sent packed (gzip) to whoever takes them so, but for those that show a key.

How small a packed answer is tells whether what somebody put into it stands in it already (BREACH). So what opens
something is either another text in each answer (form_token.py), or stands in one that nothing packs.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from flask import Flask, Response, g, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

PACKED = frozenset(
    {
        "application/json",
        "application/problem+json",
        "image/svg+xml",
        "text/calendar",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
PACKED_IN_PIECES = frozenset({"text/calendar"})  # of what is sent as it is read: a long calendar
WORTH_IT = 500  # octets: less goes in one packet anyway
LEVEL = 5
OF_A_PACKED_ONE = '-gzip"'  # how its tag ends: of two forms of a thing each has its own (RFC 9110, 8.8.3)
TAGS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH")


def start_packing(app: Flask) -> None:
    """Before what counts and logs answers, after whatever changes them."""
    app.before_request(_ask_by_our_tags)
    app.after_request(_pack)


def shows_a_key(answer: Response) -> Response:
    """Said of each answer in which a token or a calendar's address stands: nothing keeps it, and neither we nor a
    proxy in front packs it."""
    answer.headers["Cache-Control"] = "no-store, no-transform"
    return answer


def sent_packed(answer: Response, packed: bytes | None) -> Response:
    """The answer, with what its body is when packed: for one that is the same each time."""
    g.packed_before = packed
    return answer


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """By the text of Accept-Encoding."""
    return parse_accept_header(accepted, Accept)["gzip"] > 0


def _ask_by_our_tags() -> None:
    """Whoever has a packed form asks by its tag, to read or to write: what answers knows only its own."""
    for name in TAGS:
        if OF_A_PACKED_ONE in (given := request.environ.get(name, "")):
            request.environ[name] = given.replace(OF_A_PACKED_ONE, '"')
            g.has_it_packed = True


def _pack(answer: Response) -> Response:
    in_pieces = answer.is_streamed and answer.status_code == 200
    if answer.mimetype not in (PACKED_IN_PIECES if in_pieces else PACKED) or answer.direct_passthrough:
        return answer
    headers = answer.headers
    if "Content-Encoding" in headers or "no-transform" in headers.get("Cache-Control", ""):
        return answer
    varies = headers.get("Vary")
    headers["Vary"] = f"{varies}, Accept-Encoding" if varies else "Accept-Encoding"
    if answer.status_code == 304:
        if "has_it_packed" in g:
            _tag_as_packed(answer)
        return answer
    if in_pieces:
        return _packed_in_pieces(answer) if takes_gzip(request.headers.get("Accept-Encoding", "")) else answer
    body = answer.get_data() if takes_gzip(request.headers.get("Accept-Encoding", "")) else b""
    if len(body) >= WORTH_IT:
        answer.set_data(g.pop("packed_before", None) or gzip.compress(body, LEVEL, mtime=0))
        headers["Content-Encoding"] = "gzip"
        _tag_as_packed(answer)
    return answer


def _packed_in_pieces(answer: Response) -> Response:
    answer.response = _pieces(answer.iter_encoded())
    answer.headers.pop("Content-Length", None)
    answer.headers["Content-Encoding"] = "gzip"
    _tag_as_packed(answer)
    return answer


def _pieces(plain: Iterable[bytes]) -> Iterator[bytes]:
    packing = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)  # as gzip does
    for piece in plain:
        if packed := packing.compress(piece):
            yield packed
    yield packing.flush()


def _tag_as_packed(answer: Response) -> None:
    tag = answer.headers.get("ETag", "")
    if tag.endswith('"'):
        answer.headers["ETag"] = tag[:-1] + OF_A_PACKED_ONE

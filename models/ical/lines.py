"""RFC 5545 content lines: escaping, parameters and folding.

Written here, not with icalendar, because that library, when it writes, takes the backslash and N
of "C:\\New" for a line break, and needs ten times as long for a feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote

FOLD_AT_OCTETS = 75

_LINE_BREAKS = re.compile("\r\n|[\r\u2028\u2029]")
_DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_TEXT_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_PARAMETER_ESCAPES = str.maketrans({"^": "^^", '"': "^'", "\n": " "})


def plain(words: str) -> str:
    """The words without control characters and broken surrogates; a line break of any kind is \\n, a tab a space."""
    if words.isprintable():  # most are: nothing in them is looked for one by one
        return words
    return _DROPPED.sub("", _LINE_BREAKS.sub("\n", words).replace("\t", " "))


def text(name: str, words: str) -> str:
    """A line with a TEXT value."""
    return f"{name}:{escaped(words)}"


@lru_cache(maxsize=1024)  # a calendar names the same few places and people over and over
def escaped(words: str) -> str:
    return plain(words).translate(_TEXT_ESCAPES)


def uri(name: str, address: str) -> str:
    """A line with a URI value, which knows no escapes: white space would end it and is left out."""
    return f"{name}:{''.join(plain(address).split())}"


def mailbox(name: str, address: str, common_name: str, **parameters: str) -> str:
    """A line with a mailto: address; the name quoted by RFC 6868."""
    if common_name:
        parameters["CN"] = f'"{plain(common_name).translate(_PARAMETER_ESCAPES)}"'
    shown = "".join(f";{key}={value}" for key, value in parameters.items())
    target = quote(plain(address), safe="@!$&'*+=/?")
    return f"{name}{shown}:mailto:{target}"


def utc(instant: datetime) -> str:
    """An instant as a UTC date-time."""
    return f"{wall(instant.astimezone(UTC))}Z"


def wall(clock: datetime) -> str:
    """What a clock shows, as a date-time of no zone."""
    return clock.isoformat()[:19].replace("-", "").replace(":", "")


def folded(lines: Iterable[str]) -> bytes:
    """The lines as a file: CRLF, none longer than 75 octets, no character cut in two."""
    lines = list(lines)
    together = "".join(lines)
    if "\n" in together or "\r" in together:
        raise ValueError("a raw line break would start a line of somebody else's making")
    return "".join([f"{_fold(line)}\r\n" for line in lines]).encode()


def _fold(line: str) -> str:
    if len(line) <= FOLD_AT_OCTETS and line.isascii():  # most are: such a line is as long in octets
        return line
    octets = line.encode()
    pieces, start, room = [], 0, FOLD_AT_OCTETS
    while len(octets) - start > room:
        cut = start + room
        while octets[cut] & 0b1100_0000 == 0b1000_0000:
            cut -= 1
        pieces.append(octets[start:cut])
        # The space that opens a continuation counts as one of its 75.
        start, room = cut, FOLD_AT_OCTETS - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode()

"""Requests that nobody means well: of every route and operation, with something in it that cannot be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

from flask import Flask
from werkzeug.routing import Rule

LARGE = "x" * 70_000
DEEP = 100_000
# What may stand in an address, a field or a header; as octets, for some of it is no text.
OCTETS = (
    b"", b" ", b"\0", b"a\0b", b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"%", b"%zz", b"%00", b"\r\nX-Made: up",
    b"\x1b[2J", "\u202e٢٩٩".encode(), "\U0001f9e8".encode(), b"2147483647", b"2147483648", b"99999999999999999999",
    b"-1", b"0", b"9" * 5_000, b"1e400", b"-1e400", b"NaN", b"Infinity", b"0x10", b"1_000", b"null", b"true", b"[]",
    b"{}", b"'", b'"', b"<script>", b"{{7*7}}", b"../../etc/passwd", b"//evil.example", b"\\evil.example",
    b"0000-00-00", b"2027-02-30", b"9999-12-31", b"2027-W10", b"24:00", b"99:99", b"9999-12-31T23:59:59-12:00",
    b"0001-01-01T00:00:00+14:00", b"2027-03-03T10:00:00", b"floor:", b":", b"zone:\0", b";" * 3_000,
    LARGE[:3_000].encode(),
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 2**31, 2**63, 10**30, 1e308, -0.0, 0.1, [], {}, [None] * 900, {"a": {"a": {"a": 1}}}, "", " ",
    "\0", "\ud800", "a\x1b", "\u202e", LARGE[:5_000], "1", "null", "9999-12-31T23:59:59-12:00", "2027-03-03T10:00:00",
    ["VZ-101"], {"rules": ["R07"]},
)  # fmt: skip
BODIES = (
    b"", b"{", b"null", b"[]", b"5", b'"a"', b"{}", b"[" * DEEP, b'{"a":' * DEEP, b'{"attendees": 1e400}',
    b'{"attendees": -1e400}', b'{"attendees": NaN}', b'{"a": 1, "a": 2}', b'{"title": "\\ud800"}',
    b'{"title": "\xff"}', b"\xef\xbb\xbf{}", "{}".encode("utf-16"), b'{"attendees": ' + b"9" * 6_000 + b"}",
    b'{"\\u0000": 1}', b'{"": 1}', b'{"title": "' + LARGE.encode() + b'"}', b"{}" * 99, b"\x1f\x8b\x08",
)  # fmt: skip
TYPES = (
    "application/json", "application/json; charset=utf-7", "application/json;charset=\xff", "text/plain",
    "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=" + "y" * 300, "application/problem+json", "/", "",
)  # fmt: skip
HEADERS = (
    ("Range", "bytes=0-0"), ("Range", "bytes=9-1"), ("Range", "x"), ("If-Range", "x"), ("Expect", "junk"),
    ("X-HTTP-Method-Override", "DELETE"), ("X-HTTP-Method", "PUT"), ("Cookie", "trefpunt=" + "x" * 60_000),
    ("Cookie", "trefpunt=\xff; ;=;=\x80"), ("Cookie", "trefpunt=.eJx.Zg.x"), ("Accept", "x"), ("Accept", "*/*;q=nan"),
    ("Accept-Language", "x" * 5_000), ("Accept-Language", "nl;q=1e400,\xff"), ("Accept-Encoding", "gzip;q=x"),
    ("If-None-Match", "x"), ("If-None-Match", '"' * 99), ("If-Match", "junk"), ("If-Match", 'W/"a", "'),
    ("If-Modified-Since", "yesterday"), ("If-Unmodified-Since", "\xff"), ("Authorization", "Bearer \xff"),
    ("Authorization", "Basic !!!"), ("Authorization", "Digest a=b,"), ("Content-Encoding", "gzip"),
    ("HX-Request", "true"), ("HX-Current-URL", "\xff"), ("X-Forwarded-For", "\xff, ,1"),
    ("X-Forwarded-Proto", "gopher"), ("Host", "evil.example"), ("Host", "a b"), ("Host", "[::1"),
    ("Idempotency-Key", "\xff"), ("Idempotency-Key", "x" * 300), ("Referer", "\xff"), ("Origin", "null"),
    ("Content-Length", "99999999999999999999"), ("Content-Length", "x"), ("Upgrade", "websocket"),
    ("Content-MD5", "x"), ("User-Agent", "\x80" * 2_000), ("X-Request-ID", "a" * 5_000), ("Sec-Fetch-Site", "\xff"),
    ("Forwarded", "for=;;"),
)  # fmt: skip
ASKED = (
    "date", "view", "start", "end", "kind", "zone", "floor", "attendees", "next", "scope", "show", "on_behalf_of",
    "limit", "after", "mine", "status", "space", "code", "layout", "from", "to", "minutes", "when", "equipment",
    "accessible", "building", "organisation", "near", "seen", "name", "colour",
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")


@dataclass
class Sent:
    """One request as it goes out."""

    method: str
    path: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes | None = None

    def __str__(self) -> str:
        headers = [(name, value[:60]) for name, value in self.headers]
        return f"{self.method} {self.path[:160]} {headers} {(self.body or b'')[:120]!r}"


def sound_requests(app: Flask, things: Callable[[Rule, str], list]) -> Iterator[tuple[Rule, str, dict[str, Any]]]:
    """Each route with each of its methods, and what may stand in its places: what there is of it. Calls of programs
    come oftener, for they reach further in."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}) * (4 if "/api/v1/" in rule.rule else 1):
            yield rule, method, {name: (things(rule, name) or [1])[0] for name in sorted(rule.arguments)}


def hostile(
    rule: Rule,
    method: str,
    values: dict[str, Any],
    app: Flask,
    chance: Random,
    form_at: Callable[[str], dict[str, str]],
) -> Sent:
    """The request with one to three things in it that cannot be. `form_at`: what the page at an address would send."""
    said = vars(app.view_functions[rule.endpoint]).get("operation")
    sent = Sent(method, _path(rule, values, app))
    if method != "GET":
        is_for_programs = rule.rule.startswith("/api/")
        _fill(sent, said, None if is_for_programs else form_at(sent.path), chance)
        if chance.random() < 0.5:  # that alone, so that it comes as far as it can
            return sent
    for spoil in chance.sample(SPOILERS, chance.randint(1, 3)):
        spoil(sent, rule, values, chance)
    return sent


def _path(rule: Rule, values: dict[str, Any], app: Flask) -> str:
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values, method=None, append_unknown=False)


def _fill(sent: Sent, said: Any, form: dict[str, str] | None, chance: Random) -> None:
    """A body of the form that is asked for, with something wrong in it. `form`: of a page; None for programs."""
    if form is None:
        names = list(said.body.model_fields) if said is not None and said.body is not None else []
        members: dict[str, Any] = {name: chance.choice(VALUES) for name in chance.sample(names, min(len(names), 4))}
        sent.body = json.dumps(members).encode()
        sent.headers.append(("Content-Type", "application/json"))
    else:
        wrong = chance.sample(sorted(form), min(len(form), chance.randint(1, 2))) or chance.sample(FIELDS, 6)
        told = {name: quote(text) for name, text in form.items()}
        told |= {name: quote(chance.choice(OCTETS)) for name in wrong}
        sent.body = "&".join(f"{quote(name)}={text}" for name, text in told.items()).encode()
        sent.headers.append(("Content-Type", "application/x-www-form-urlencoded"))


FIELDS = (
    *ASKED, "username", "password", "title", "note", "reason", "attendees", "date", "end", "start", "persons",
    "delegate", "language", "max_persons", "capacity", "names_nl", "mode", "parameter", "valid_from", "kind",
    "detail", "file", "files", "until", "pressed", "version", "press", "recurrence", "repeat", "key_holder",
    "visitors", "first", "last", "day", "x", "y", "plan", "move", "caller_name",
)  # fmt: skip


def _in_its_place(sent: Sent, rule: Rule, values: dict[str, Any], chance: Random) -> None:
    if not values:
        return
    name = chance.choice(sorted(values))
    was = quote(str(values[name]))
    head, found, tail = sent.path.rpartition(was)
    if found:
        sent.path = head + quote(chance.choice(OCTETS), safe="%" if chance.random() < 0.3 else "") + tail


def _in_the_query(sent: Sent, rule: Rule, values: dict[str, Any], chance: Random) -> None:
    names = chance.choices(ASKED, k=chance.randint(1, 4))
    pairs = "&".join(f"{name}={quote(chance.choice(OCTETS), safe='%')}" for name in names)
    sent.path += ("&" if "?" in sent.path else "?") + pairs


def _in_a_header(sent: Sent, rule: Rule, values: dict[str, Any], chance: Random) -> None:
    name, value = chance.choice(HEADERS)
    if name != "Content-Length" or sent.body is not None:
        sent.headers.append((name, value))


def _in_the_body(sent: Sent, rule: Rule, values: dict[str, Any], chance: Random) -> None:
    if sent.method != "GET":
        sent.body = chance.choice(BODIES)


def _in_parts(sent: Sent, rule: Rule, values: dict[str, Any], chance: Random) -> None:
    """Multipart, as files come: with names that are none, cut off, or with a part that says nothing of itself."""
    if sent.method == "GET":
        return
    name, file = chance.choice(FIELDS).encode(), chance.choice(OCTETS)[:200]
    head = b'--x\r\nContent-Disposition: form-data; name="' + name + b'"; filename="' + file + b'"\r\n\r\n'
    whole, nameless = head + b"a;b\r\n1;2\r\n--x--\r\n", b"--x\r\n\r\na\r\n--x--"
    sent.body = chance.choice((whole, head, nameless, b"--x" * 900, head * 300 + b"--x--"))
    sent.headers = [each for each in sent.headers if each[0] != "Content-Type"]
    sent.headers.append(("Content-Type", "multipart/form-data; boundary=x"))


def _as_something_else(sent: Sent, rule: Rule, values: dict[str, Any], chance: Random) -> None:
    sent.headers = [each for each in sent.headers if each[0] != "Content-Type"]
    sent.headers.append(("Content-Type", chance.choice(TYPES)))


def _by_another_method(sent: Sent, rule: Rule, values: dict[str, Any], chance: Random) -> None:
    if chance.random() < 0.3:
        sent.method = chance.choice(METHODS)


SPOILERS = (_in_its_place, _in_the_query, _in_a_header, _in_the_body, _in_parts, _as_something_else, _by_another_method)

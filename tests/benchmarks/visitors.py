"""Who asks the pages that are measured: a browser over the line, or the same without a server in between."""

from __future__ import annotations

import gzip
import http.client
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from flask.testing import FlaskClient

OK = (200, 201, 303, 304)
PACKED = {"Accept-Encoding": "gzip"}
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    sent: int

    @property
    def json(self):
        return json.loads(self.body)


class Visitor(Protocol):
    def ask(
        self, method: str, path: str, *, form=None, json=None, headers: Mapping[str, str] = ..., expected=OK
    ) -> Answer: ...


class Caller:
    """Keeps one connection, and takes gzip as browsers and calendar programs do."""

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        self.headers = {**PACKED, **headers}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, method, path, *, form=None, json=None, headers=(), expected=OK) -> Answer:
        body, own = _body(form, json)
        self.connection.request(method, path, body, self.headers | own | dict(headers))
        answer = self.connection.getresponse()
        sent = answer.read()
        found = Answer(
            answer.status, dict(answer.getheaders()), _unpacked(answer.getheader("Content-Encoding"), sent), len(sent)
        )
        return _as_expected(found, path, expected)


class Insider:
    """Asks the app of this process."""

    def __init__(self, client: FlaskClient, headers: Mapping[str, str]) -> None:
        self.client, self.headers = client, {**PACKED, **headers}

    def ask(self, method, path, *, form=None, json=None, headers=(), expected=OK) -> Answer:
        body, own = _body(form, json)
        answer = self.client.open(
            path, method=method, data=body, headers=self.headers | own | dict(headers), buffered=True
        )
        body = _unpacked(answer.headers.get("Content-Encoding"), answer.data)
        found = Answer(answer.status_code, dict(answer.headers), body, len(answer.data))
        return _as_expected(found, path, expected)


def _body(form, body) -> tuple[str | None, dict[str, str]]:
    if form is not None:
        return urlencode(form), {"Content-Type": FORM}
    if body is not None:
        return json.dumps(body), {"Content-Type": JSON}
    return None, {}


def _unpacked(how: str | None, sent: bytes) -> bytes:
    if not sent or how is None:
        return sent
    return gzip.decompress(sent) if how == "gzip" else zlib.decompress(sent)


def _as_expected(answer: Answer, path: str, expected) -> Answer:
    if answer.status not in expected:
        raise AssertionError(f"{path}: {answer.status} {answer.body[:400]!r}")
    return answer

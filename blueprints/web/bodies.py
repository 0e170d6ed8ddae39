"""The body of a request as it comes from the wire: what breaks off or is not in order is the sender's fault, a 400."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Flask
from werkzeug.exceptions import BadRequest

LONGEST_SILENCE = 10.0  # seconds in which not one octet of a body comes


def start_bodies(app: Flask) -> None:
    inner = app.wsgi_app

    def with_body_guarded(environ: dict[str, Any], start: Callable) -> Iterable[bytes]:
        if connection := environ.get("gunicorn.socket"):  # it waits for ever otherwise, and holds a thread
            connection.settimeout(LONGEST_SILENCE)
        environ["wsgi.input"] = _Body(environ["wsgi.input"])
        return inner(environ, start)

    app.wsgi_app = with_body_guarded  # type: ignore[method-assign, assignment]  # the place that Flask keeps for this


class BrokenBody(BadRequest):
    """Chunks that are none, an end before its time, a connection that is gone."""


class _Body:
    """What the server hands us to read from. Each server has errors of its own for a body that it cannot make out, and
    raises them here, in the midst of a view."""

    def __init__(self, source: Any) -> None:  # Any: a server's own class
        self._source = source

    def read(self, *size: int) -> bytes:
        return self._tried(self._source.read, *size)

    def readline(self, *size: int) -> bytes:
        return self._tried(self._source.readline, *size)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def _tried(self, read: Callable[..., bytes], *size: int) -> bytes:
        try:
            return read(*size)
        except Exception as broken:  # whatever it is, it is not ours: nothing of this house runs in there
            raise BrokenBody from broken

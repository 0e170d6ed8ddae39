"""In a process one writer at a time asks the database for its lock; the others stand in line behind it, and as many
threads stay free for readers as a line that does not move leaves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from models.tables.outage import Busy

MOST_IN_A_STANDING_LINE = 4  # gunicorn's threads, less two readers and whoever is at the head
SECONDS_BEFORE_IT_STANDS = 1.0
SECONDS_BETWEEN_LOOKS = 0.25


class Turns:
    """Who is at the head, and how it went for the one before. `begun` is called once the database's lock is had."""

    def __init__(self) -> None:
        self._head = Lock()
        self._counting = Lock()
        self._waiting = 0
        self._since = 0.0  # when the head came to its turn
        self._is_stuck = False  # the last one at the head did not get the database's lock

    @contextmanager
    def taken(self, within: float) -> Iterator[Callable[[], None]]:
        """Raises Busy when the turn does not come within so many seconds, or evidently will not."""
        self._wait(within)
        self._since, begun = time.monotonic(), False

        def note_begun() -> None:
            nonlocal begun
            begun, self._is_stuck = True, False

        try:
            yield note_begun
        finally:
            if not begun and self._head_stands():
                self._is_stuck = True
            self._head.release()

    def _wait(self, within: float) -> None:
        if self._head.acquire(blocking=False):
            return
        if self._is_stuck:
            raise Busy("nobody could write for a while, and one is trying already")
        until = time.monotonic() + within
        self._count(1)
        try:
            while not self._head.acquire(timeout=max(0.0, min(SECONDS_BETWEEN_LOOKS, until - time.monotonic()))):
                if time.monotonic() >= until or (self._waiting > MOST_IN_A_STANDING_LINE and self._head_stands()):
                    raise Busy("others write for longer than this may wait")
        finally:
            self._count(-1)

    def _head_stands(self) -> bool:
        return time.monotonic() - self._since >= SECONDS_BEFORE_IT_STANDS

    def _count(self, one: int) -> None:
        with self._counting:
            self._waiting += one


_TURNS: WeakKeyDictionary[Engine, Turns] = WeakKeyDictionary()


def turns_at(engine: Engine) -> Turns:
    return _TURNS.setdefault(engine, Turns())

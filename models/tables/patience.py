"""How long anything waits for the database: said here, once, for both databases and for whoever needs longer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

CONNECT = 3  # seconds; psycopg counts in whole ones
# The server itself gives up a little before we close the connection, so that it lives on: what does not answer at all
# within this time after that is frozen, or behind a network that is gone.
GRACE = 0.5


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds. `begin`: until a write has begun, with the writers' lock in hand. `answer`: for one statement.
    `pause`: between two statements of a transaction, until the server takes its locks away."""

    begin: float = 4.5
    answer: float = 4.5
    pause: float = 30


USUAL = Patience()  # five seconds with the grace: what somebody who looks at a page will bear
LONG = Patience(answer=60, pause=300)  # an import, a plan: they begin as any write does, and then take their time
MIGRATION = Patience(begin=600, answer=600, pause=600)  # of two at once, the second waits for the first
BRIEF = Patience(begin=1)  # what is worth a moment, and not an answer that fails: the receipt of a refusal
AT_ONCE = Patience(begin=0)  # what can as well be noted by the next request

_PATIENCE: ContextVar[Patience] = ContextVar("patience", default=USUAL)
_BEGIN_BY: ContextVar[float | None] = ContextVar("begin_by", default=None)


def patience() -> Patience:
    return _PATIENCE.get()


@contextmanager
def having(other: Patience) -> Iterator[None]:
    """Around whole transactions, in this thread; also a decorator: `@having(LONG)`."""
    before = _PATIENCE.set(other)
    try:
        yield
    finally:
        _PATIENCE.reset(before)


@contextmanager
def one_beginning() -> Iterator[None]:
    """However often a write is tried within this, it has begun in the time that one has."""
    if _BEGIN_BY.get() is not None:
        yield
        return
    before = _BEGIN_BY.set(time.monotonic() + patience().begin)
    try:
        yield
    finally:
        _BEGIN_BY.reset(before)


def left_to_begin() -> float:
    """Seconds in which a write may still begin."""
    most, begin_by = patience().begin, _BEGIN_BY.get()
    return most if begin_by is None else max(0.0, min(most, begin_by - time.monotonic()))

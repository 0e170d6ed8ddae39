"""PostgreSQL, opened so that nothing waits for it for ever, not even where the server is frozen.

Its own deadlines are set on connecting; a server that is stopped, or out of reach, keeps none of them. Every round trip
of psycopg goes through `Connection.wait()`, which takes a deadline: after it the socket is closed. That nobody else has
to find out in as many seconds, the process remembers: until one connection in a second gets through, all others are
told at once.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

import psycopg
from psycopg import generators
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine.interfaces import DBAPIConnection

from models.tables.patience import CONNECT, GRACE, USUAL, Patience, left_to_begin, patience

SECONDS_BETWEEN_TRIES = 1.0
STILL_THERE = 0.1  # seconds
T = TypeVar("T")


class Silence:
    """What this process knows of a server that does not answer."""

    def __init__(self) -> None:
        self.lasts = False
        self._next_try = 0.0
        self._trying = Lock()

    def begins(self) -> None:
        self.lasts, self._next_try = True, time.monotonic() + SECONDS_BETWEEN_TRIES

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Around a connecting. While the silence lasts one tries, once a second, and all others raise at once."""
        alone = self.lasts
        if alone and (time.monotonic() < self._next_try or not self._trying.acquire(blocking=False)):
            raise psycopg.OperationalError("the server has not answered for a while")
        try:
            yield
        except psycopg.errors.ConnectionTimeout:
            self.begins()
            raise
        except psycopg.Error:
            self._next_try = time.monotonic() + SECONDS_BETWEEN_TRIES
            raise
        else:
            self.lasts = False
        finally:
            if alone:
                self._trying.release()


SILENCES: dict[tuple, Silence] = defaultdict(Silence)  # by the server's address


class BoundedConnection(psycopg.Connection[Any]):
    """One that closes rather than wait for longer than patience() says."""

    silence = Silence()
    heard: tuple[datetime, float] | None = None  # the server's clock, and ours when it told it, in a write

    @classmethod
    def connect(cls, conninfo: str = "", **options: Any) -> BoundedConnection:
        silence = SILENCES[options.get("host"), options.get("port")]
        with silence.tried():
            connection = super().connect(conninfo, **options)
        connection.silence = silence
        return connection

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        if self.silence.lasts:
            self.close()
            raise psycopg.OperationalError("the server has not answered for a while")
        own = patience().answer + GRACE if timeout is None else timeout
        try:
            return super().wait(gen, interval, own)
        except psycopg.OperationalError as error:
            # A wait that took too long leaves the connection open, and brings no word of the server's.
            if timeout is not None or self.closed or error.sqlstate is not None:
                raise
            self.close()
            self.silence.begins()
            raise psycopg.OperationalError(f"no answer within {own} seconds") from None

    def commit(self) -> None:
        """One that the server comes to later than its sender waits for it is refused by the server itself: both are one
        message. A frozen server would otherwise keep, once it goes on, what nobody hopes for any more."""
        heard, self.heard = self.heard, None
        if heard is None:
            super().commit()
            return
        clock, moment = heard
        until = clock + timedelta(seconds=time.monotonic() - moment + patience().answer)
        try:
            self.execute(f"SELECT 1 / (clock_timestamp() < '{until.isoformat()}')::int; COMMIT", prepare=False)
        except psycopg.errors.DivisionByZero as error:
            raise psycopg.errors.QueryCanceled("the server came to it too late, and kept nothing") from error

    def rollback(self) -> None:
        """On a connection that is gone everything is rolled back already: whoever tidies up meets no error.

        What it has prepared it keeps. psycopg throws that away at each rollback, in case tables were made meanwhile
        that are gone again; but here each request ends by one, and each statement would be planned at each request
        anew, which takes longer than to run it. After an error psycopg has its way.
        """
        self.heard = None
        try:
            if self.pgconn.transaction_status != TransactionStatus.INTRANS:
                super().rollback()
                return
            with self.lock:
                self.pgconn.send_query(b"ROLLBACK")
                self.wait(generators.execute(self.pgconn))
        except psycopg.OperationalError:
            self.close()


_JUST_HEARD: ContextVar[tuple[object, float] | None] = ContextVar("just_heard", default=None)


@contextmanager
def just_heard(driver: object) -> Iterator[None]:
    """Around a beginning on whatever connection the pool gives: this one answered a moment ago, and is asked no second
    time whether it is there. Only within one request, and for a tenth of a second: in line behind others it may go."""
    before = _JUST_HEARD.set((driver, time.monotonic()))
    try:
        yield
    finally:
        _JUST_HEARD.reset(before)


class BoundedDialect(PGDialect_psycopg):
    supports_statement_cache = True

    def do_ping(self, dbapi_connection: Any) -> bool:
        driver, moment = _JUST_HEARD.get() or (None, 0.0)
        if not dbapi_connection.closed and driver is dbapi_connection and time.monotonic() - moment < STILL_THERE:
            return True
        return super().do_ping(dbapi_connection)

    def connect(self, *arguments: Any, **options: Any) -> DBAPIConnection:
        said = options.get("options") or ""
        options |= {"connect_timeout": CONNECT, "options": f"{said} {_as_options(USUAL)}".strip()}
        return BoundedConnection.connect(*arguments, **options)  # type: ignore[return-value]  # as the one it stands for


registry.register("postgresql.psycopg", __name__, BoundedDialect.__name__)


def lock_municipality(connection: Connection) -> tuple[int, int] | None:
    """The one lock of all writers; and what the server's clock says once it is had. The revisions of house and
    bookings that stand from then on; None in an empty database."""
    row = connection.exec_driver_sql(
        "SELECT clock_timestamp(), revision, bookings_revision FROM "
        "(SELECT revision, bookings_revision FROM municipality ORDER BY id LIMIT 1 FOR UPDATE) AS locked"
    ).first()
    driver = connection.connection.driver_connection
    if row is not None and isinstance(driver, BoundedConnection):
        driver.heard = row[0], time.monotonic()
    return row and (row[1], row[2])


def tell_patience(connection: Connection) -> None:
    """To a transaction that has just begun, where it has another patience than a connection is opened with."""
    settings = _settings(patience(), left_to_begin())
    if settings != _settings(USUAL, USUAL.begin):
        said = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in settings.items())
        connection.exec_driver_sql(f"SELECT {said}")


def _as_options(usual: Patience) -> str:
    return " ".join(f"-c {name}={value}" for name, value in _settings(usual, usual.begin).items())


def _settings(how: Patience, begin: float) -> dict[str, int]:
    """In milliseconds, of which none would mean for ever. Half a second less to begin is not worth a question."""
    waits = how.begin if begin + GRACE > how.begin else begin
    return {
        "lock_timeout": max(1, round(waits * 1000)),
        "statement_timeout": round(how.answer * 1000),
        "idle_in_transaction_session_timeout": round(how.pause * 1000),
    }

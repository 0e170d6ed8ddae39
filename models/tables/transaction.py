"""The one way to write: a transaction that no other writer of the building shares."""

from __future__ import annotations

import random  # noqa: TID251 - how long to wait is no secret
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import CursorResult, Delete, Insert, Update
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from models.tables.db import db
from models.tables.outage import InDoubt
from models.tables.patience import left_to_begin, one_beginning
from models.tables.postgresql import just_heard, lock_municipality
from models.tables.turns import turns_at
from models.tables.waits import waited

SERIALISATION_FAILURE, DEADLOCK = "40001", "40P01"
TRIES = 3
KEPT_SOMETHING, TOLD_WITH_LOCK = "kept_something", "told_with_lock"

T = TypeVar("T")
P = ParamSpec("P")
_READY: list[tuple[Callable[[int | None], bool], Callable[[], None]]] = []
_CONDITION: ContextVar[Callable[[], None] | None] = ContextVar("condition", default=None)


@contextmanager
def on_condition(check: Callable[[], None]) -> Iterator[None]:
    """Whatever is written within the block is written only where `check` raises nothing, asked with the lock in hand:
    between its answer and the writing nobody else comes in."""
    before = _CONDITION.set(check)
    try:
        yield
    finally:
        _CONDITION.reset(before)


@contextmanager
def write_transaction() -> Iterator[None]:
    """Run the block as one transaction, alone among writers, and commit it; roll all of it back on any exception.

    SQLite locks its file (BEGIN IMMEDIATE). PostgreSQL locks one row, the municipality's: a building's head count makes
    each booking depend on all others anyway, and one lock taken first cannot deadlock. Within another one it is a part
    of it: a plan's changes and moves stand or fall together. One that cannot begin in time raises what cannot_now() is
    true of, and so does one that the database could not keep; InDoubt where nobody knows.
    """
    session = db.session()
    if is_writing():
        yield
        return
    driver = _driver_of(session)
    session.rollback()  # ends the read transaction sign-in opened: a snapshot from before the lock would be stale
    asked_at = time.monotonic()
    with just_heard(driver), one_beginning(), turns_at(db.engine).taken(left_to_begin()) as begun:
        try:
            _begin_ready(session)
            begun()
            waited(time.monotonic() - asked_at)
            if check := _CONDITION.get():
                check()
            yield
            session.flush()
            _keep(session)
        except BaseException:  # also a worker that is told to stop: its lock would keep every other writer out
            session.rollback()
            raise


def _driver_of(session: Session) -> object:
    """The connection that this session has been reading on."""
    connection = session.connection() if session.in_transaction() else None
    return None if connection is None or connection.invalidated else connection.connection.driver_connection


def before_writing(is_ready: Callable[[int | None], bool], make_ready: Callable[[], None]) -> None:
    """Have something made ready before anything is written: whether it is, is asked with the lock in hand and the
    revision of the house; while it is made ready, others write."""
    _READY.append((is_ready, make_ready))


def _begin_ready(session: Session) -> None:
    """With the lock, and with everything ready; or, where others change the house faster than that, as it is."""
    revision = _begin(session)
    for is_ready, make_ready in _READY:
        for _time in range(TRIES):
            if is_ready(revision) or not left_to_begin():
                break
            session.rollback()
            make_ready()
            revision = _begin(session)


def _begin(session: Session) -> int | None:
    """With the lock of all writers. The revision of the house; None where there is no house yet."""
    connection = session.connection(execution_options={"writes": True})
    if connection.dialect.name == "postgresql":
        told = lock_municipality(connection)
    else:
        told = connection.exec_driver_sql(
            "SELECT revision, bookings_revision FROM municipality ORDER BY id LIMIT 1"
        ).first()
    session.info[TOLD_WITH_LOCK] = told and tuple(told)
    return told and told[0]


def _keep(session: Session) -> None:
    """A connection that is lost while the database is told to keep it leaves nobody to ask."""
    try:
        session.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise InDoubt from error
        raise
    session.info[KEPT_SOMETHING] = True


def may_have_kept(error: SQLAlchemyError) -> bool:
    """Whether, of what this session wrote until the error came, anything stands or may stand."""
    return isinstance(error, InDoubt) or db.session.info.get(KEPT_SOMETHING, False)


def touched(statement: Update | Delete) -> int:
    """How many rows it met."""
    result = db.session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount


def inserted(statement: Insert, row: Mapping[str, object]) -> int:
    """The number of the new row."""
    key = db.session.connection().execute(statement, row).inserted_primary_key
    assert key is not None, "one row has one"
    return key[0]


def is_writing() -> bool:
    """Whether this session is writing: what it reads may be rolled back, and is not to be kept."""
    session = db.session()
    return session.in_transaction() and session.connection().get_execution_options().get("writes", False)


def retried(write: Callable[[], T]) -> T:
    """Call `write`, and call it again, at most three times in all and while it may still begin, when the database asks
    for another try. Within a write transaction it is called once: only the whole can be tried again."""
    if is_writing():
        return write()
    with one_beginning():
        for attempt in range(1, TRIES + 1):
            try:
                return write()
            except DBAPIError as error:
                again = getattr(error.orig, "sqlstate", None) in (SERIALISATION_FAILURE, DEADLOCK) or (
                    isinstance(error, OperationalError) and "database is locked" in str(error.orig)
                )
                if not again or attempt == TRIES or not left_to_begin():
                    raise
                # By chance, and longer each time: two that met would otherwise meet again.
                time.sleep(random.uniform(0.01, 0.05) * attempt)
    raise AssertionError("unreachable")


def writes(action: Callable[P, T]) -> Callable[P, T]:
    """An action that is one write transaction, from its first line to its last; tried again as a whole."""

    @wraps(action)
    def whole(*args: P.args, **kwargs: P.kwargs) -> T:
        def once() -> T:
            with write_transaction():
                return action(*args, **kwargs)

        return retried(once)

    return whole

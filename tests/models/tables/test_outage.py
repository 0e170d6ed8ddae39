"""What of a database's errors will be over in a while, and what is a mistake of ours."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, PendingRollbackError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from models.tables.outage import Busy, InDoubt, cannot_now


def of_sqlite(code: int) -> SQLAlchemyError:
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = code
    return OperationalError(None, None, error)


def of_postgresql(error: type[psycopg.Error]) -> SQLAlchemyError:
    return DBAPIError(None, None, error())


@pytest.mark.parametrize(
    ("error", "over_in_a_while"),
    [
        (Busy(), True),
        (InDoubt(), True),
        (PoolExhausted(), True),
        (PendingRollbackError(code="8s2b"), True),  # the connection was lost under a question before
        (PendingRollbackError(code="7s2a"), False),  # something was written that may not be
        (of_sqlite(sqlite3.SQLITE_BUSY), True),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), True),
        (of_sqlite(sqlite3.SQLITE_FULL), True),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), True),  # no larger a file may be written
        (of_sqlite(sqlite3.SQLITE_READONLY_DBMOVED), True),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), True),
        (of_sqlite(sqlite3.SQLITE_ERROR), False),  # no such table
        (of_sqlite(sqlite3.SQLITE_CORRUPT), False),  # somebody must restore it
        (OperationalError(None, None, psycopg.OperationalError("connection refused")), True),
        (OperationalError(None, None, psycopg.errors.ConnectionTimeout()), True),
        (of_postgresql(psycopg.errors.CannotConnectNow), True),  # it starts
        (of_postgresql(psycopg.errors.AdminShutdown), True),
        (of_postgresql(psycopg.errors.TooManyConnections), True),
        (of_postgresql(psycopg.errors.LockNotAvailable), True),
        (of_postgresql(psycopg.errors.QueryCanceled), True),
        (of_postgresql(psycopg.errors.IdleInTransactionSessionTimeout), True),
        (of_postgresql(psycopg.errors.ReadOnlySqlTransaction), True),
        (of_postgresql(psycopg.errors.DiskFull), True),
        (of_postgresql(psycopg.errors.DeadlockDetected), True),
        (of_postgresql(psycopg.errors.UndefinedTable), False),
        (of_postgresql(psycopg.errors.DivisionByZero), False),
        (IntegrityError(None, None, psycopg.errors.UniqueViolation()), False),
        (SQLAlchemyError(), False),
    ],
    ids=str,
)
def test_what_cannot_be_now_may_be_asked_again(error, over_in_a_while):
    assert cannot_now(error) is over_in_a_while

"""The database cannot now: refused, frozen, restarted, locked, full, read-only, too busy. No error of the program, and
over in a while; whatever else goes wrong in it is one."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted

# By class: connection lost, resources gone (a full disk, too many connections), the operator steps in (a restart, a
# statement cancelled at its deadline), the system fails (input and output).
CANNOT_NOW_CLASSES = ("08", "53", "57", "58")
CANNOT_NOW = (
    "25006",  # read-only
    "25P02",  # what a transaction that failed says of whatever comes after
    "25P03",  # was idle in a transaction for too long
    "40001",  # could not be put in order with others
    "40P01",  # deadlock
    "55P03",  # did not get a lock in time
)
CANNOT_NOW_SQLITE = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
)

LOST_BEFORE = "8s2b"  # SQLAlchemy's: whoever met the lost connection first went on without


class Busy(SQLAlchemyError):
    """Others write, and went on for longer than this write may wait. Nothing was done."""


class InDoubt(SQLAlchemyError):
    """The database was told to keep a transaction, and has not answered: it may stand, or not."""


def cannot_now(error: SQLAlchemyError) -> bool:
    """Whether the same may well be asked again in a while."""
    if isinstance(error, Busy | InDoubt | PoolExhausted) or error.code == LOST_BEFORE:
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in CANNOT_NOW_SQLITE  # the rest tells of it more
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # nobody answered who could have given one
        return error.connection_invalidated or isinstance(error, OperationalError)
    return state[:2] in CANNOT_NOW_CLASSES or state in CANNOT_NOW

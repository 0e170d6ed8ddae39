"""How the database is, asked on a connection of its own that waits for nobody."""

from __future__ import annotations

import os
import resource
import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, NullPool, create_engine, func, make_url, select, text

from models.tables.log import OutboxRow, WorkerRound

SECONDS_TO_TRY = 0.4
A_LOT_OF_ROOM = 20 * 1024 * 1024  # bytes; of a small disk a twentieth
# Who waits for a lock, and how long the one that a writer takes first is held already; neither waits in that queue.
LOCKED_SINCE = """
SELECT max(extract(epoch FROM clock_timestamp() - since)) FROM (
    SELECT waitstart AS since FROM pg_locks
    WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL
    SELECT activity.xact_start FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
    WHERE granted AND mode = 'RowShareLock' AND relation = to_regclass('municipality')
) AS waits
"""


@dataclass(frozen=True, slots=True)
class Mail:
    """What waits to be sent: since when the first of it is due, how much was tried in vain, how much was refused for
    good and waits for somebody's word."""

    waiting: int = 0
    due_since: datetime | None = None
    tried: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Soundness:
    """`locked_seconds`: how long nobody can write already. Of SQLite nobody knows since when: there `is_locked` says
    that the lock could not be had just now. `rounds`: when the worker last ended each of its jobs."""

    revision: str | None
    locked_seconds: float = 0.0
    is_locked: bool = False
    is_read_only: bool = False
    is_full: bool = False
    rounds: tuple[tuple[str, datetime], ...] = ()
    mail: Mail = Mail()


def soundness(url: str, newest: str | None) -> Soundness:
    """Reads, and writes nothing: of SQLite the lock of a writer is taken and given back at once, where it is free. Six
    queries, none of which reads what is over. Raises SQLAlchemyError where the database does not answer."""
    with _engine(url).connect() as connection:
        revision = _revision(connection)
        if revision != newest:
            return Soundness(revision)  # what else there is to ask may have no table yet
        if connection.dialect.name == "sqlite":
            return _of_sqlite(connection, revision)
        return _of_postgresql(connection, revision)


@lru_cache(maxsize=4)
def _engine(url: str) -> Engine:
    """Without a pool: what the app's requests wait for, or hold, is no matter here. A dead network is noticed."""
    if url.startswith("sqlite"):
        return create_engine(url, poolclass=NullPool, hide_parameters=True)
    limits = "-c statement_timeout=900 -c lock_timeout=100"
    patience = {"connect_timeout": 2, "tcp_user_timeout": 3000, "options": limits}
    return create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=patience)


def _of_postgresql(connection: Connection, revision: str | None) -> Soundness:
    return Soundness(
        revision,
        locked_seconds=float(connection.scalar(text(LOCKED_SINCE)) or 0),
        is_read_only=connection.scalar(text("SHOW transaction_read_only")) == "on",
        rounds=_rounds(connection),
        mail=_mail(connection),
    )


def _of_sqlite(connection: Connection, revision: str | None) -> Soundness:
    rounds, mail = _rounds(connection), _mail(connection)
    file = Path(make_url(str(connection.engine.url)).database or ":memory:")
    connection.rollback()
    locked, read_only = _tried(connection)
    return Soundness(
        revision,
        is_locked=locked,
        is_read_only=read_only or (file.exists() and not os.access(file, os.W_OK)),
        is_full=file.exists() and is_full(file),
        rounds=rounds,
        mail=mail,
    )


def _tried(connection: Connection) -> tuple[bool, bool]:
    """Whether the lock cannot be had, and whether nothing can be written at all. By a look every few milliseconds, not
    by waiting: writers that wait for each other leave gaps."""
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    began = time.monotonic()
    while time.monotonic() - began < SECONDS_TO_TRY:
        try:
            cursor.execute("BEGIN IMMEDIATE")
        except connection.dialect.loaded_dbapi.OperationalError as error:
            if "locked" not in str(error):
                return False, "readonly" in str(error)
            time.sleep(0.02)
        else:
            cursor.execute("ROLLBACK")
            return False, False
    return True, False


def is_full(file: Path) -> bool:
    """Whether its disk, or what the process may write, has hardly any room left."""
    disk, (most, _hard) = os.statvfs(file.parent), resource.getrlimit(resource.RLIMIT_FSIZE)
    needed = min(A_LOT_OF_ROOM, disk.f_frsize * disk.f_blocks // 20)
    return disk.f_frsize * disk.f_bavail < needed or 0 <= most < file.stat().st_size + needed


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _rounds(connection: Connection) -> tuple[tuple[str, datetime], ...]:
    newest = select(WorkerRound.job, func.max(WorkerRound.ended_at)).group_by(WorkerRound.job).order_by(WorkerRound.job)
    return tuple((job, at) for job, at in connection.execute(newest))


def _mail(connection: Connection) -> Mail:
    """By the index of what is not sent yet: what was sent in all the years is not looked at."""
    refused = OutboxRow.failed_at.is_not(None)
    counts = select(
        func.count().filter(~refused),
        func.min(OutboxRow.due_at).filter(~refused),
        func.count().filter(~refused, OutboxRow.attempts > 0),
        func.count().filter(refused),
    ).where(OutboxRow.sent_at.is_(None))
    return Mail(*connection.execute(counts).one())

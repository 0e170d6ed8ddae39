"""Backup and restore of SQLite, both through its own online backup: other processes read and write on, and see the
restored database whole or not at all. Copying the file would miss what still stands in its write-ahead log."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL

from models.tables.revised import stepped_past

WAIT_SECONDS = 30
NEEDED_TABLES = {"alembic_version", "municipality"}


class NotOurs(Exception):
    """The file is no copy of a Trefpunt database, or there is no database file."""


FAILURES = (NotOurs, sqlite3.Error, OSError)


def copy_out(url: URL, file: Path) -> None:
    """Make the copy beside FILE and move it there when it is whole."""
    with closing(_opened(_database(url), must_exist=True)) as live, scratch_file(file.parent) as scratch:
        _copy(live, scratch)
        os.replace(scratch, file)


def copy_in(url: URL, file: Path) -> None:
    """Check FILE, then write it over the live database in one transaction."""
    database = _database(url)
    with scratch_file(database.parent) as scratch:
        with closing(_opened(file, must_exist=True)) as kept:
            _judge(kept, file)
            _copy(kept, scratch)
        with closing(_opened(database)) as live, closing(_opened(scratch)) as restored:
            _outdate(restored, _revision(live))
            restored.backup(live)


def _database(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise NotOurs("the database lies in memory only")
    return Path(url.database)


def _opened(path: Path, *, must_exist: bool = False) -> sqlite3.Connection:
    if must_exist and not path.is_file():
        raise NotOurs(f"{path} is not there")
    return sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it


def _judge(kept: sqlite3.Connection, file: Path) -> None:
    try:
        tables = {name for (name,) in kept.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        sound = kept.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        raise NotOurs(f"{file} is not a copy of a Trefpunt database ({error})") from error
    if not tables >= NEEDED_TABLES:
        raise NotOurs(f"{file} is not a copy of a Trefpunt database")
    if not sound:
        raise NotOurs(f"{file} is damaged")


def _revision(live: sqlite3.Connection) -> int:
    """The highest that a process may have in memory."""
    try:
        return live.execute("SELECT coalesce(max(max(revision, bookings_revision)), 0) FROM municipality").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def _outdate(restored: sqlite3.Connection, revision: int) -> None:
    """Step past the live revisions: a process that has the house in memory would take an equal one for that house."""
    highest = max(revision, _revision(restored))
    if restored.execute("SELECT name FROM sqlite_master WHERE name = 'table_revision'").fetchone() is None:
        restored.execute("UPDATE municipality SET revision = ? + 1", (highest,))  # a copy from before there were more
        return
    for statement in stepped_past(highest):
        restored.execute(statement)


@contextmanager
def scratch_file(folder: Path) -> Iterator[Path]:
    """A file of ours alone in a folder, gone afterwards unless it was moved."""
    number, name = tempfile.mkstemp(prefix=".trefpunt-", dir=folder)
    os.close(number)
    try:
        yield Path(name)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{name}{ending}").unlink(missing_ok=True)

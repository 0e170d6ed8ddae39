"""Where it is measured: a file of SQLite's, and a PostgreSQL cluster of its own, whose work is told apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.postgresql import USER, Cluster, cluster, server_programs

MISSING = "PostgreSQL left out: no server found (Debian: postgresql)"


@dataclass(frozen=True, slots=True)
class Database:
    """`fresh` makes an empty one of that name and answers its address. `process`: the first of its own, if any."""

    name: str
    version: str
    fresh: Callable[[str], str]
    process: int | None = None


def sqlite_in(folder: Path) -> Database:
    return Database("SQLite", sqlite3.sqlite_version, lambda name: f"sqlite:///{folder / name}.db")


@contextmanager
def postgresql() -> Iterator[Database | None]:
    """None where there is no server. It does not tidy up by itself: whose row it does so in would be chance."""
    programs = server_programs()
    if programs is None:
        yield None
        return
    with cluster(programs) as running:
        version = _told(running, "postgres", "SHOW server_version", "ALTER SYSTEM SET autovacuum = off")
        _told(running, "postgres", "SELECT pg_reload_conf()")
        yield Database("PostgreSQL", version, running.create, running.processes()[0])


def tidied(url: str) -> None:
    """What a database of this size knows of its rows after its first night."""
    if url.startswith("postgresql"):
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")


def _told(running: Cluster, database: str, *statements: str) -> str:
    """The first answer."""
    with psycopg.connect(host=str(running.folder), user=USER, dbname=database, autocommit=True) as connection:
        answers = [connection.execute(each) for each in statements]
        return str(answers[0].fetchone()[0])

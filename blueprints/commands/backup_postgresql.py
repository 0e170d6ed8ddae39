"""Backup and restore of PostgreSQL through its own programs, in its custom format."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from sqlalchemy import URL

from blueprints.commands.backup_sqlite import scratch_file
from models.tables.revised import stepped_past

NEEDED_TABLES = (" TABLE public alembic_version ", " TABLE public municipality ")


class ProgramFailed(Exception):
    """PostgreSQL's own program is missing, or said no."""


FAILURES = (ProgramFailed, psycopg.Error, OSError)


def copy_out(url: URL, file: Path) -> None:
    """Make the copy beside FILE and move it there when it is whole."""
    with scratch_file(file.parent) as scratch:
        _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={scratch}", f"--dbname={_address(url)}")
        os.replace(scratch, file)


def copy_in(url: URL, file: Path) -> None:
    """Check FILE, then write it over the live database in one transaction."""
    listed = _run("pg_restore", url, "--list", str(file))
    if not all(table in listed for table in NEEDED_TABLES):
        raise ProgramFailed(f"{file} is not a copy of a Trefpunt database")
    revision = _revision(url)
    _run(
        "pg_restore",
        url,
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={_address(url)}",
        str(file),
    )
    _outdate(url, revision)


def _run(program: str, url: URL, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise ProgramFailed(f"the program {program} is not installed here; on Debian: apt install postgresql-client")
    # The password goes by the environment: other users of the machine can read a command line.
    environment = os.environ | ({"PGPASSWORD": url.password} if url.password else {})
    done = subprocess.run(
        [found, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise ProgramFailed(done.stderr.strip() or f"{program} stopped with {done.returncode}")
    return done.stdout


def _address(url: URL, *, with_password: bool = False) -> str:
    plain = url.set(drivername="postgresql")
    if not with_password:
        plain = URL.create("postgresql", plain.username, None, plain.host, plain.port, plain.database, plain.query)
    return plain.render_as_string(hide_password=False)


def _revision(url: URL) -> int:
    """The highest that a process may have in memory."""
    with psycopg.connect(_address(url, with_password=True)) as connection:
        if connection.execute("SELECT to_regclass('municipality')").fetchone() == (None,):
            return 0
        found = connection.execute(
            "SELECT coalesce(max(greatest(revision, bookings_revision)), 0) FROM municipality"
        ).fetchone()
        assert found is not None, "the largest of no rows is an answer, too"
        return found[0]


def _outdate(url: URL, revision: int) -> None:
    """Step past the live revisions: a process that has the house in memory would take an equal one for that house."""
    highest = max(revision, _revision(url))
    with psycopg.connect(_address(url, with_password=True)) as connection:
        if connection.execute("SELECT to_regclass('table_revision')").fetchone() == (None,):
            connection.execute("UPDATE municipality SET revision = %s + 1", (highest,))  # a copy from before there were
            return
        for statement in stepped_past(highest):
            connection.execute(statement.encode())

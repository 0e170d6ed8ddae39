"""What befalls a database, and is over at the end of the block."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.drills.serving import Site
from tests.postgresql import USER, Cluster

SMALL = 64 * 1024 * 1024  # bytes


@contextmanager
def held(site: Site) -> Iterator[None]:
    """Another program writes to the database, and does not end."""
    if site.url.startswith("sqlite"):
        with closing(sqlite3.connect(file_of(site), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with aside(site) as other:
            other.execute("BEGIN; SELECT id FROM municipality FOR UPDATE")
            yield


@contextmanager
def frozen(server: Cluster) -> Iterator[None]:
    """Every process stands still, as on a machine whose disk or hypervisor does."""
    found = server.processes()
    for each in found:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in found:
            os.kill(each, signal.SIGCONT)


@contextmanager
def gone(server: Cluster) -> Iterator[None]:
    server.stop()
    yield
    server.serve()


@contextmanager
def backends(server: Cluster) -> Iterator[None]:
    """Those who serve a connection are killed, as by a machine that is out of memory: the server starts itself anew."""
    for each in server.processes()[1:]:
        with suppress(FileNotFoundError, ProcessLookupError):
            if b"[local]" in Path(f"/proc/{each}/cmdline").read_bytes():
                os.kill(each, signal.SIGKILL)
    yield


@contextmanager
def postmaster(server: Cluster) -> Iterator[None]:
    """The first of them is killed, and started by hand once the others have noticed."""
    os.kill(server.processes()[0], signal.SIGKILL)
    yield
    for nth in range(100):
        try:
            server.serve()
        except AssertionError:
            assert nth < 99
            time.sleep(0.2)
        else:
            return


@contextmanager
def read_only(site: Site) -> Iterator[None]:
    """As a server that became a replica; and every connection there was is killed."""
    name = make_url(site.url).database
    killed = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = %s"
    with aside(site, "postgres") as other:
        other.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        other.execute(killed, [name])
        yield
        other.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
        other.execute(killed, [name])


@contextmanager
def no_file_grows(site: Site) -> Iterator[None]:
    """No file may be written any further: what a disk that is full does, for the processes of this site alone."""
    before = {each: resource.prlimit(each, resource.RLIMIT_FSIZE) for each in site.processes()}
    for each, (_soft, hard) in before.items():
        resource.prlimit(each, resource.RLIMIT_FSIZE, (4096, hard))
    yield
    for each, limits in before.items():
        resource.prlimit(each, resource.RLIMIT_FSIZE, limits)


@contextmanager
def no_block_is_left(site: Site) -> Iterator[None]:
    """Of its small disk, nor of the file into which SQLite writes first."""
    with closing(sqlite3.connect(file_of(site))) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ballast = file_of(site).with_name("ballast")
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    yield
    ballast.unlink()


def ways_to_be_full(site: Site) -> list:
    return [no_file_grows, *([no_block_is_left] if os.path.ismount(file_of(site).parent) else [])]


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """The folder is a disk of its own, where root may mount one; where not, a folder."""
    mounted = _mounted("-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", folder)
    try:
        yield
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def read_only_view(site: Site, view: Path) -> Iterator[str]:
    """Another address of its database, at which it can be read and not be written: on a disk mounted so, or where only
    root may do that, by a file that nobody may write."""
    file = file_of(site)
    if not _mounted("--bind", file.parent, view):
        file.chmod(0o444)
        yield site.url
        file.chmod(0o644)
        return
    try:
        assert _mounted("-o", "remount,ro,bind", view)
        yield f"sqlite:///{view / file.name}"
    finally:
        subprocess.run(["umount", "--lazy", view], check=True)


def _mounted(*what: str | Path) -> bool:
    return os.getuid() == 0 and subprocess.run(["mount", *what], capture_output=True, check=False).returncode == 0


def file_of(site: Site) -> Path:
    return Path(site.url.removeprefix("sqlite:///"))


def keep_what_is_told(url: str) -> None:
    """Elsewhere the tests' server answers before it has written: that would be lost with its processes. And a copy of a
    template takes numbers that sequences set aside there, of which its own log knows nothing before a checkpoint."""
    place = make_url(url)
    with psycopg.connect(host=place.query["host"], user=USER, dbname="postgres", autocommit=True) as other:
        other.execute(f'ALTER DATABASE "{place.database}" SET synchronous_commit = on')
        other.execute("CHECKPOINT")


def aside(site: Site, database: str | None = None) -> psycopg.Connection:
    url = make_url(site.url)
    return psycopg.connect(host=url.query["host"], user=USER, dbname=database or url.database, autocommit=True)

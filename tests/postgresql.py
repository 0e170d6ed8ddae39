"""A PostgreSQL cluster of the tests' own, in a temporary folder: no port, no password, nothing left afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import psycopg

from tests.memory import temporary_root
from tests.share import begin_to_share, once

USER = "postgres"
# A crash of the tests loses nothing: the cluster need not be safe, only fast. Nor does it tidy up or count anything of
# its own accord, which would slow down one test and not the next, or let it plan a question otherwise.
QUICK = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c max_connections=300"
    " -c listen_addresses="
)


def server_programs() -> Path | None:
    """The folder with initdb and pg_ctl, the newest where there are several; None where no server is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return installed[-1].parent if installed else None


@contextmanager
def cluster(programs: Path) -> Iterator[Cluster]:
    """A server that listens on a socket in its own folder, both gone in the end."""
    running = _started(programs)
    try:
        yield running
    finally:
        running.end()


def the_cluster(programs: Path) -> Cluster:
    """The one that all processes of this run share."""
    return Cluster(programs, Path(once("cluster", lambda: str(_started(programs).folder))))


def end_the_cluster() -> None:
    """When the whole run has ended, whether or not anybody needed it."""
    programs, started = server_programs(), begin_to_share() / "cluster.made"
    if programs and started.exists():
        Cluster(programs, Path(started.read_text(encoding="utf-8"))).end()


def _started(programs: Path) -> Cluster:
    running = Cluster(programs, Path(tempfile.mkdtemp(prefix="trefpunt-pg-", dir=temporary_root())))
    try:
        running.start()
    except BaseException:
        running.end()
        raise
    return running


class Cluster:
    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.at_hand: psycopg.Connection | None = None

    def start(self) -> None:
        if os.getuid() == 0:  # the server refuses to run as root
            account = pwd.getpwnam(USER)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        self.serve()

    def serve(self) -> None:
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", f"{QUICK} -k {self.folder}", "start")

    def stop(self) -> None:
        """As a machine that loses its power does."""
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "stop")

    def processes(self) -> list[int]:
        first = int((self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text(encoding="utf-8").split())]

    def end(self) -> None:
        """Stop it and take everything away, even half begun."""
        try:
            if (self.folder / "data" / "postmaster.pid").exists():
                self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template1") -> str:
        """Copied file by file, as every version did before 15: through the log it takes half as long again."""
        with self._at_hand() as connection:
            told = "STRATEGY FILE_COPY" if connection.info.server_version >= 150000 else ""
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" {told}')
        return self.url(database)

    def drop(self, database: str) -> None:
        with self._at_hand() as connection:
            connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)')

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Meanwhile databases come and go over one connection, for it takes a while to make."""
        with self._connection() as self.at_hand:
            yield
        self.at_hand = None

    def _at_hand(self) -> AbstractContextManager[psycopg.Connection]:
        return nullcontext(self.at_hand) if self.at_hand else self._connection()

    def _connection(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user=USER, dbname="postgres", autocommit=True)

    def _run(self, program: str, *arguments: str) -> None:
        owner = {"user": USER, "group": USER, "extra_groups": []} if os.getuid() == 0 else {}
        done = subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **owner,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}"

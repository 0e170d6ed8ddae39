"""How much a database reads for a piece of work, in numbers that no machine and no load changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, event

# The server keeps these counts of a connection for up to a second over several transactions; each is to count once.
READ_IN_THIS_TRANSACTION = """
    SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::integer, pg_stat_force_next_flush()
      FROM pg_stat_xact_user_tables WHERE relname = ANY (%s)"""

GROWS = ["booking", "occupation"]


@dataclass
class Read:
    """`rows`: on SQLite the steps of its machine, of which each row that is looked at takes a few. On PostgreSQL the
    rows of GROWS: smaller tables it may read one way today and another tomorrow."""

    queries: int = 0
    rows: int = 0


@contextmanager
def counted(engine: Engine) -> Iterator[Read]:
    """Around a request, outside any app context."""
    read = Read()
    engine.dispose()  # what its connections read before is not counted
    watch = _SqliteSteps(read) if engine.dialect.name == "sqlite" else _PostgresqlRows(read)
    listeners = [("before_cursor_execute", lambda *_of_a_query: _one_more(read)), *watch.listeners()]
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield read
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)
        engine.dispose()  # whoever counted steps on a connection is gone with it


def _one_more(read: Read) -> None:
    read.queries += 1


class _SqliteSteps:
    def __init__(self, read: Read) -> None:
        self.read = read

    def listeners(self):
        return [("begin", self.count_steps)]

    def count_steps(self, connection: Connection) -> None:
        connection.connection.driver_connection.set_progress_handler(self.step, 1)

    def step(self) -> int:
        self.read.rows += 1
        return 0  # go on


class _PostgresqlRows:
    """Asked at the end of each transaction, of the server's own books."""

    def __init__(self, read: Read) -> None:
        self.read = read

    def listeners(self):
        return [("commit", self.add), ("rollback", self.add)]

    def add(self, connection: Connection) -> None:
        driver = connection.connection.driver_connection
        if driver.info.transaction_status.name == "INTRANS":
            self.read.rows += driver.execute(READ_IN_THIS_TRANSACTION, (GROWS,)).fetchone()[0]

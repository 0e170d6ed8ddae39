"""The whole house, kept in memory for as long as its revision stands.

In a process one reads it anew, and only what has changed of it. Who comes meanwhile reads on in the old one, for the
moment that takes: others' changes may be as late as that. Whoever may change the house, and whoever writes, waits for
the newest; so does everybody where places have come that bookings may lie in.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from models.queries.kept import KEPT
from models.queries.read_house import REFERRED_TO, Read, read_house, table_revisions
from models.queries.revisions import NoMunicipality, revisions
from models.rules.house.house import House
from models.tables.db import db
from models.tables.municipality import Municipality
from models.tables.transaction import before_writing, is_writing

SECONDS_BETWEEN_TRIES = 1.0
_REVISION = select(Municipality.revision).order_by(Municipality.id)
_PINNED, _NEWEST = "house", "wants_the_newest_house"
logger = logging.getLogger(__name__)


def the_house() -> House:
    """The house as it is now; the same one for as long as a reader's transaction lasts. One query a transaction when
    nothing changed since this process last asked."""
    session = db.session()
    transaction, house = session.info.get(_PINNED, (None, None))
    if house is not None and transaction is session.get_transaction():
        return house
    revision = revisions()[0]
    if is_writing():
        return keeper().for_writer(revision, session.connection())
    house = keeper().for_reader(revision, waits=session.info.get(_NEWEST, False))
    session.info[_PINNED] = session.get_transaction(), house
    return house


def want_the_newest_house() -> None:
    """From here on this session reads no old one: whoever may change the house sees at once what they changed, in
    whichever process."""
    info = db.session().info
    info[_NEWEST] = True
    info.pop(_PINNED, None)


def house_is_old_for() -> float:
    """For how many seconds this process could not read the house anew: it goes on with the one it has."""
    since = keeper().failing_since
    return time.monotonic() - since if since is not None else 0.0


def is_empty() -> bool:
    return db.session.execute(select(Municipality.id)).first() is None


class Keeper:
    """The house of one database in this process. `earlier`: the one before, for transactions that began with it."""

    def __init__(self) -> None:
        self.newest: Read | None = None
        self.earlier: Read | None = None
        self.failing_since: float | None = None
        self.tried_at = 0.0
        self._reading = Lock()
        self._coming: tuple[int, bool] | None = None  # the revision that is being read, and whether places come with it

    def keep(self, read: Read) -> None:
        self.earlier, self.newest = self.newest, read

    def for_reader(self, revision: int, *, waits: bool) -> House:
        known = self._known(revision)
        if known is not None:
            return known
        if self._reading.acquire(blocking=self.newest is None or waits or not self._is_to_be_had_without(revision)):
            try:
                if self._known(revision) is None:
                    self._read_anew()
            finally:
                self._reading.release()
        known = self._known(revision)
        if known is not None:
            return known
        if self.newest is None:
            raise NoMunicipality
        return self.newest.house

    def for_writer(self, revision: int, connection: Connection) -> House:
        """What the writer itself has changed is read again each time, and not kept: it may yet be undone."""
        known = self._known(revision)
        if known is not None:
            return known
        db.session.flush()
        return read_house(connection, self.newest, revision, table_revisions(connection)).house

    def is_current(self, revision: int | None) -> bool:
        return revision is None or (self.newest is not None and self.newest.revision == revision)

    def catch_up(self) -> None:
        with self._reading:
            self._read_anew()

    def _is_to_be_had_without(self, revision: int) -> bool:
        """Whether somebody is reading the house of this revision anew, and is known to find no new place in it: until
        that is known, what was booked in one would be read beside a house that lacks it."""
        coming = self._coming
        return coming is not None and revision <= coming[0] and not coming[1]

    def _known(self, revision: int) -> House | None:
        for read in (self.newest, self.earlier):
            if read is not None and read.revision == revision:
                return read.house
        return None

    def _read_anew(self) -> None:
        """Where that fails the old one is kept: what is asked next of the database says how it is."""
        if self.failing_since is not None and time.monotonic() - self.tried_at < SECONDS_BETWEEN_TRIES:
            return
        try:
            with _snapshot() as connection:
                self._read(connection)
        except SQLAlchemyError:
            if self.newest is None:
                raise
            self.tried_at = time.monotonic()
            if self.failing_since is None:
                self.failing_since = self.tried_at
            logger.warning("the house could not be read anew: the one in memory is kept", exc_info=True)
        else:
            self.failing_since = None
        finally:
            self._coming = None

    def _read(self, connection: Connection) -> None:
        revision = connection.execute(_REVISION).scalar()
        if revision is None:
            raise NoMunicipality
        before = self.newest
        if before is not None and revision == before.revision:
            return  # whoever asked has a transaction that is older than two changes
        if before is not None and revision < before.revision:
            before = None  # another database stands in the place of the one it was read from
        tables_at = table_revisions(connection)
        if before is not None:
            known = before.house.tables_at
            self._coming = revision, any(tables_at.get(name) != known.get(name) for name in REFERRED_TO)
        self.keep(read_house(connection, before, revision, tables_at))


def keeper() -> Keeper:
    shelf = KEPT.setdefault(db.engine, {})
    return shelf.get("house") or shelf.setdefault("house", Keeper())


@contextmanager
def _snapshot() -> Iterator[Connection]:
    """One instant of the database: piece by piece, a house would be of several."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


before_writing(lambda revision: keeper().is_current(revision), lambda: keeper().catch_up())

"""The database handle, the column type for instants, and how each database is opened."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, ForeignKey, MetaData, Table, event
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from models.rules.people.handles import new_handle
from models.tables import postgresql
from models.tables.patience import GRACE, USUAL, left_to_begin


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Stored in UTC; a naive value is a programming error on either side of the column."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """SQLite's text is read at one go: a page reads thousands. Any: what the driver gives."""
        return _from_text if dialect.name == "sqlite" else _in_utc


def _from_text(value: str | None) -> datetime | None:
    if value is None:
        return None
    instant = datetime.fromisoformat(value)  # with an offset where somebody wrote it by hand
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    __table__: ClassVar[Table]
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    @declared_attr.directive
    def __tablename__(cls) -> str:
        """SpaceCount is kept in space_count, unless a table says otherwise."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class Numbered:
    """A row with a number of its own."""

    id: Mapped[int] = mapped_column(primary_key=True)


class Handled(Numbered):
    """A row that is known outside by its handle. Its number would tell how many there are, and which came first."""

    handle: Mapped[str] = mapped_column(default=new_handle, index=True, unique=True)


class Named:
    """A name in the municipality's languages. Dutch is required; another that is missing falls back to it."""

    name_nl: Mapped[str]
    name_fr: Mapped[str | None]
    name_en: Mapped[str | None]
    name_de: Mapped[str | None]


class Edited:
    """A row that people edit: its version lets the second of two editors see that the first was there."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Coded(Numbered, Named, Edited):
    """What has a code that stays, and names in the languages of the municipality."""

    code: Mapped[str] = mapped_column(unique=True)


class SetBySomebody:
    """What somebody set: why, who, and when. By nobody: an import by a command."""

    reason: Mapped[str] = mapped_column(default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


@event.listens_for(Engine, "connect")
def _open_sqlite_for_many_processes(connection: object, _record: object) -> None:
    """WAL and a busy timeout let readers and one writer go on side by side; FULL keeps a confirmed booking through a
    power cut. Autocommit in the driver leaves BEGIN to us: see transaction.py."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", _wait_for(USUAL.begin), "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        postgresql.tell_patience(connection)
    elif not connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("BEGIN")
    else:
        _begin_to_write_sqlite(connection)


def _begin_to_write_sqlite(connection: Connection) -> None:
    """A writer locks before it reads: a deferred BEGIN that turns into a write dies of 'database is locked'."""
    driver, left = connection.connection.driver_connection, left_to_begin()
    assert isinstance(driver, sqlite3.Connection), "it opened the file"
    is_usual = abs(left - USUAL.begin) < GRACE
    if not is_usual:
        driver.execute(f"PRAGMA {_wait_for(left)}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        if not is_usual:
            driver.execute(f"PRAGMA {_wait_for(USUAL.begin)}")


def _wait_for(seconds: float) -> str:
    return f"busy_timeout={round(seconds * 1000)}"

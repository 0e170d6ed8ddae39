"""Runs the migrations on the app's own database, in one transaction: all of an upgrade or nothing of it."""

from __future__ import annotations

from alembic import context
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from blueprints.commands.spoken import outage_sentence
from models.tables.db import UtcDateTime
from models.tables.outage import cannot_now
from models.tables.patience import MIGRATION, having

LOCK_OF_UPGRADES = 7_283_901  # any number, as long as every upgrade asks for the same


def _written_out(kind: str, thing: object, _autogenerate_context) -> str | bool:
    """A migration tells the schema of its day: it names no class of ours that may change later."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _upgrade_sqlite(connection: Connection) -> None:
    """Batch mode drops a table to recreate it: with foreign keys on, that would delete whatever refers to it. They can
    only be switched off between transactions, and are looked at again before this one is kept."""
    connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
    try:
        with context.begin_transaction():
            context.run_migrations()
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if dangling:
                raise RuntimeError(f"rows would refer to nothing: {dangling[:10]}")
    finally:
        connection.invalidate()  # or the next user of the pool would get a connection without foreign keys


def _upgrade_postgresql(connection: Connection) -> None:
    with context.begin_transaction():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK_OF_UPGRADES})")  # one machine at a time
        context.run_migrations()


migrate = current_app.extensions["migrate"]


def _upgrade() -> None:
    with having(MIGRATION), migrate.db.engine.connect().execution_options(writes=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            transactional_ddl=True,  # SQLite has it, which Alembic does not count on: each would be kept by itself
            **{"render_item": _written_out, **migrate.configure_args},
        )
        if connection.dialect.name == "sqlite":
            _upgrade_sqlite(connection)
        else:
            _upgrade_postgresql(connection)


try:
    _upgrade()
except SQLAlchemyError as error:
    if not cannot_now(error):
        raise
    raise CommandError(outage_sentence(error)) from error  # which flask-migrate says, and ends with 1

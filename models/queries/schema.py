"""How far the database itself is."""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext

from models.tables.db import db


def schema_revision() -> str | None:
    """The migration the database stands at, None before the first. Two queries."""
    return MigrationContext.configure(db.session.connection()).get_current_revision()

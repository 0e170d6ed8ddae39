"""The app's database, with every table known and its migrations at hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import Migrate

# Foreign keys name their table: each must be known before the first query, and before a migration compares.
from models.tables import (  # noqa: F401
    announcement,
    booking,
    hours,
    imports,
    log,
    municipality,
    person,
    plan,
    presence,
    receipt,
    revision,
    rules,
    space,
)
from models.tables.db import db


def start_database(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(Path(app.root_path) / "migrations"))


def newest_revision() -> str | None:
    """The last migration of this code. Read once a process."""
    return _head(current_app.extensions["migrate"].directory)


@cache
def _head(directory: str) -> str | None:
    return ScriptDirectory(directory).get_current_head()

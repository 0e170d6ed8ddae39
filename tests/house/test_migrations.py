"""After `flask db upgrade` the database is what models/tables says, and keeps its own promises."""

from __future__ import annotations

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from models.tables.db import db
from tests.house.guards import guard_in

pytestmark = pytest.mark.usefixtures("app_context")


def test_no_table_is_waiting_for_a_migration():
    context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
    assert compare_metadata(context, db.metadata) == []


def test_checks_have_the_names_that_the_tables_give_them():
    """Autogenerate does not look at them, and a batch migration can only drop what it can name."""
    found = inspect(db.session.connection())
    for table in db.metadata.sorted_tables:
        wanted = {str(each.name) for each in table.constraints if type(each).__name__ == "CheckConstraint"}
        assert wanted <= {check["name"] for check in found.get_check_constraints(table.name)}, table.name


def test_migrations_can_be_taken_back_and_done_again():
    before = guard_in(db.session.connection())
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    flask_migrate.upgrade()
    assert guard_in(db.session.connection()) == before


def test_foreign_keys_are_held_after_an_upgrade():
    """The upgrade switches them off on SQLite: the connection it used must not come back from the pool."""
    db.session.remove()
    flask_migrate.upgrade()
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA foreign_keys")).scalar_one() == 1

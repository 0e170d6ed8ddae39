"""After `flask db upgrade` the database is what models/tables says, and keeps its own promises."""

from __future__ import annotations

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from models.rules.people.handles import is_handle
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


def test_what_stood_there_before_there_were_handles_gets_one_each():
    db.session.remove()
    flask_migrate.downgrade(revision="0008")
    with db.engine.execution_options(writes=True).begin() as connection:
        for year in (2024, 2025):
            moment = f"{year}-03-03 09:00:00"
            connection.execute(
                text("INSERT INTO evacuation (building, is_drill, started_at, ended_at) VALUES ('AC', :yes, :at, :at)"),
                {"yes": True, "at": moment},
            )
    flask_migrate.upgrade()
    handles = db.session.scalars(text("SELECT handle FROM evacuation")).all()
    assert len(set(handles)) == 2
    assert all(map(is_handle, handles))


def test_foreign_keys_are_held_after_an_upgrade():
    """The upgrade switches them off on SQLite: the connection it used must not come back from the pool."""
    db.session.remove()
    flask_migrate.upgrade()
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_what_was_set_of_rules_holds_for_the_whole_house_once_zones_may_have_their_own():
    db.session.remove()
    flask_migrate.downgrade(revision="0010")
    row = (
        "INSERT INTO occupancy_rule"
        " (%s severity, code, scope, rule, applies_to, owner_role, override_allowed, valid_from)"
        " VALUES (%s 'warn', 'R07', 'space', '', 'AC', 'facility_manager', '1', '2027-03-03')"
    )
    of_a_zone = text(row % ("zone_code,", "'Z1',"))
    with db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text(row % ("", "")))
    flask_migrate.upgrade()
    with db.engine.execution_options(writes=True).begin() as connection:
        kept = connection.execute(text("SELECT code, zone_code, lifted, applies_to FROM occupancy_rule")).all()
        assert [(*each[:2], bool(each[2]), each[3]) for each in kept] == [("R07", "", False, "AC")]
        connection.execute(of_a_zone)
    with pytest.raises(IntegrityError), db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(of_a_zone)
    flask_migrate.downgrade(revision="0010")
    flask_migrate.upgrade()
    assert db.session.scalars(text("SELECT zone_code FROM occupancy_rule")).all() == [""]

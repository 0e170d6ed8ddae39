"""What migrations bring of the guard: each what it brought on its day, and all together the guard of today."""

from __future__ import annotations

import ast
import re
from functools import partial
from hashlib import sha256

import flask_migrate
import pytest
from sqlalchemy import event

from models.tables import guard
from models.tables.db import db
from tests.house.guards import guard_in, take_away
from tests.house.source import ROOT, Module

MIGRATIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))
REVISIONS = [path.name.partition("_")[0] for path in MIGRATIONS]
OURS = ("app", "blueprints", "models", "tests")
GUARDS = re.compile(r"TRIGGER|FUNCTION|EXTENSION|EXCLUDE|ck_booking_at_most_a_day")
# What each migration brings, by the hash of its SQL. A line is added with a migration, and never changes after.
BROUGHT = {
    "sqlite": {
        "0001": "0586c66bac1a0ca6",
        "0002": "7f056375adbc68ad",
        "0003": "98b9a27a15148abd",
        "0004": "3d9f4ce2e5d9f97f",
        "0006": "131b7a78d7fc41a4",
        "0008": "37c72613076b1129",
        "0009": "26f30928d115e528",
        "0012": "f511ca8c450c9815",
        "0014": "bc6ecbda66338c6d",
        "0025": "73ec4719f398be09",
        "0027": "68646019038c32e2",
        "0032": "05eaa12bf8e410db",
    },
    "postgresql": {
        "0001": "07a2a4a5c1987e40",
        "0002": "58c602f6fa4ee39d",
        "0003": "54e5d0810131a918",
        "0004": "89d34958f1eeee87",
        "0006": "4bada2d4013c843e",
        "0008": "933d360eae06b5a3",
        "0009": "8f48bcbcae60c28c",
        "0014": "034195ac6d75539b",
        "0025": "485b03afc43f9838",
        "0027": "7a3050aeaa14132c",
        "0032": "692610ccec280b48",
    },
}


@pytest.fixture
def database_url(request, shelf):
    """A database as a migration left it, or before any."""
    step = flask_migrate.upgrade if request.param != "base" else flask_migrate.stamp
    with shelf.copy_of(f"at {request.param}", partial(step, revision=request.param)) as url:
        yield url


def brought_by(revision: str) -> str | None:
    """The hash of what that migration does to the guard; None where it leaves it alone."""
    heard = []

    def hear(_connection, _cursor, statement, *_more) -> None:
        if GUARDS.search(statement) and not statement.lstrip().startswith("SELECT"):
            heard.append(" ".join(statement.split()))

    event.listen(db.engine, "before_cursor_execute", hear)
    flask_migrate.upgrade(revision=revision)
    event.remove(db.engine, "before_cursor_execute", hear)
    return sha256("\n".join(heard).encode()).hexdigest()[:16] if heard else None


@pytest.mark.parametrize("database_url", ["base"], indirect=True)
def test_a_migration_brings_what_it_brought_on_its_day(app_context):
    brought = {revision: found for revision in REVISIONS if (found := brought_by(revision))}
    assert brought == BROUGHT[db.engine.dialect.name]


@pytest.mark.parametrize("database_url", ["base", *REVISIONS], indirect=True)
def test_from_whichever_revision_an_upgrade_leads_to_the_guard_of_today(app_context):
    flask_migrate.upgrade()
    with db.engine.execution_options(writes=True).begin() as connection:
        brought = guard_in(connection)
        take_away(connection)
        assert guard_in(connection) == {}
        for statement in guard.statements(connection.dialect.name):
            connection.exec_driver_sql(statement)
        assert guard_in(connection) == brought


@pytest.mark.parametrize("path", MIGRATIONS, ids=REVISIONS)
def test_a_migration_reads_nothing_that_may_change_after_it(path):
    migration = Module(path.stem, path, ast.parse(path.read_text(encoding="utf-8")))
    assert [name for name in migration.imports() if name.partition(".")[0] in OURS] == []

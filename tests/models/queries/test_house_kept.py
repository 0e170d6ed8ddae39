"""The house in memory is the house of the database, whoever changed it and whether or not they kept the change."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text

from models.queries.house import the_house
from models.tables.db import db
from models.tables.municipality import Municipality
from models.tables.transaction import write_transaction

pytestmark = pytest.mark.usefixtures("app_context", "municipality")


class Undone(Exception):
    """The writer thought better of it."""


@pytest.fixture
def municipality() -> None:
    with write_transaction():
        db.session.add(Municipality(code="T", name_nl="Testdorp"))


def rename(name: str) -> None:
    db.session.execute(text("UPDATE municipality SET name_nl = :name"), {"name": name})


def rename_and_undo(name: str) -> None:
    with write_transaction():
        for written in (f"{name} eerst", name):
            rename(written)
            assert the_house().names["nl"] == written  # the writer itself sees what it wrote, each time
        raise Undone


def name() -> str:
    db.session.rollback()  # as a new request would: without the snapshot of the last one
    return the_house().names["nl"]


def test_a_change_is_seen_at_once():
    assert name() == "Testdorp"
    with write_transaction():
        rename("Proefdorp")
    assert name() == "Proefdorp"


def test_a_change_that_was_undone_is_never_taken_for_another():
    assert name() == "Testdorp"
    with pytest.raises(Undone):
        rename_and_undo("Spookdorp")
    with write_transaction():
        rename("Proefdorp")  # and so reaches the very revision that was undone
    assert name() == "Proefdorp"


def test_a_house_that_did_not_change_costs_one_query():
    name()
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    name()
    assert [statement for statement in asked if statement != "BEGIN"] == [
        "SELECT municipality.revision, municipality.bookings_revision \nFROM municipality ORDER BY municipality.id"
    ]

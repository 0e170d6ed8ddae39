"""What others write while a booking is judged counts when it is written, though the verdict is from before the lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, text

from models.tables.db import db
from tests.blueprints.api.asking import wish
from tests.cast import ANN

LOSES_HER_ROLES = "DELETE FROM person_role WHERE person_id = (SELECT id FROM person WHERE username = :ann)"
LEAVES = "UPDATE person SET active = false WHERE username = :ann"
IS_RENAMED = "UPDATE person SET display_name = 'Ann B.' WHERE username = :ann"


@contextmanager
def written_before(part: str, statement: str, app: Flask) -> Iterator[None]:
    """By somebody else, right before `part` of a statement is first asked."""
    with app.app_context():
        engine = db.engine
    done = []

    def write(_connection, _cursor, asked: str, *_rest: object) -> None:
        if part in asked and not done:
            done.append(asked)
            with engine.execution_options(writes=True).begin() as other:
                other.execute(text(statement), {"ann": ANN})

    event.listen(engine, "before_cursor_execute", write)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", write)
    assert done


@pytest.mark.parametrize(("statement", "status"), [(LOSES_HER_ROLES, 403), (LEAVES, 403), (IS_RENAMED, 201)])
def test_what_its_booker_loses_between_verdict_and_lock_counts(statement, status, program, demo_app):
    ann = program(ANN)
    assert ann.post("/bookings", wish(day="2027-03-09")).status_code == 201  # from now on the process knows her
    with written_before("FROM crowd", statement, demo_app):
        answer = ann.post("/bookings", wish())
    assert answer.status_code == status, answer.json

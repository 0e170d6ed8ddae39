"""Thousands of rows go to the database as one statement, and stand there as they would have one by one."""

from __future__ import annotations

from sqlalchemy import event, select

from models.actions.many_rows import add_rows, change_rows
from models.tables.db import db
from models.tables.imports import FileStatement
from models.tables.transaction import write_transaction

MANY = 3000


def test_many_rows_are_one_statement_with_a_value_for_each_column_and_come_in_their_order(demo_app):
    table = FileStatement.__table__
    rows = [{"file": "spaces", "code": f"X-{nth:05}", "said": {"name": "Ça", "places": nth}} for nth in range(MANY)]
    sent = []
    with demo_app.test_request_context(), write_transaction():
        event.listen(db.engine, "before_cursor_execute", lambda *told: sent.append(told[2:4]))
        numbers = add_rows(table, rows)
        change_rows(table, [{"number": number, "said": {"nth": nth}} for nth, number in enumerate(numbers)])
        last = db.session.execute(select(table.c.code, table.c.said).where(table.c.id == numbers[-1])).one()
        assert db.session.scalar(select(table.c.code).where(table.c.id == numbers[0])) == "X-00000"
        is_postgresql = db.engine.dialect.name == "postgresql"
    assert last == (f"X-{MANY - 1:05}", {"nth": MANY - 1})
    if is_postgresql:
        assert [len(values) for _statement, values in sent[:2]] == [3, 2]

"""Colleagues who named each other: call with an app context."""

from __future__ import annotations

from sqlalchemy import insert

from models.queries.people import person_by_username
from models.tables.db import db
from models.tables.person import PersonDelegate
from models.tables.transaction import write_transaction


def let_book_for(whom: str, *delegates: str) -> None:
    """These may book for that person from now on."""
    person = person_by_username(whom)
    named = [{"person_id": person.id, "delegate_id": person_by_username(each).id} for each in delegates]
    with write_transaction():
        db.session.execute(insert(PersonDelegate.__table__), named)

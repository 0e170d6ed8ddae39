"""The language a person wants to be spoken to in: pages, mails and calendar entries."""

from __future__ import annotations

from sqlalchemy import update

from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.transaction import writes


@writes
def choose_language(person_id: int, language: str) -> None:
    """Keep it with the person. Whether the municipality speaks that language is for the caller to check."""
    db.session.execute(
        update(PersonRow).where(PersonRow.id == person_id).values(language=language, version=PersonRow.version + 1)
    )

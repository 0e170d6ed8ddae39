"""The published table of precedence as it is kept."""

from __future__ import annotations

from sqlalchemy import select

from models.tables.db import db
from models.tables.rules import PrecedenceRow


def precedence_row(code: str) -> PrecedenceRow | None:
    return db.session.execute(select(PrecedenceRow).where(PrecedenceRow.code == code).execution_options(
        populate_existing=True)).scalar()

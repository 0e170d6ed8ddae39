"""Whoever leaves the house takes no key along: what was open for them stays shut, also should they come back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from models.actions.people.end_tokens import end_tokens
from models.rules.people.person import Person
from models.tables.db import db
from models.tables.log import Feed
from models.tables.person import SessionRow
from models.tables.transaction import writes


@writes
def shut_out(person_id: int, now: datetime, actor: Person | None) -> None:
    """End every session, API token and calendar address of this person."""
    db.session.execute(delete(SessionRow).where(SessionRow.person_id == person_id))
    end_tokens(person_id, now, actor=actor)
    db.session.execute(
        update(Feed).where(Feed.person_id == person_id, Feed.revoked_at.is_(None)).values(revoked_at=now)
    )

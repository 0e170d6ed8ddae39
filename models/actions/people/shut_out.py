"""Whoever leaves the house takes no key along: what was open for them stays shut, also should they come back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from models.actions.people.end_tokens import end_tokens
from models.actions.people.feeds import revoke_feeds
from models.rules.people.person import Person
from models.tables.db import db
from models.tables.person import KnownBrowser, SessionRow
from models.tables.transaction import writes


@writes
def shut_out(person_id: int, now: datetime, actor: Person | None) -> None:
    """End every session, API token and calendar address of this person."""
    for table in (SessionRow, KnownBrowser):
        db.session.execute(delete(table).where(table.person_id == person_id))
    end_tokens(person_id, now, actor=actor)
    revoke_feeds(person_id, now)

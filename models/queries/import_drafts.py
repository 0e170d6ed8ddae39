"""Files that somebody sent in and has not loaded yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from models.queries.reading import to_change
from models.tables.db import db
from models.tables.imports import ImportDraft


def drafts_of(person_id: int, now: datetime, limit: int = 10) -> list[tuple[int, datetime]]:
    """Number and moment of what somebody sent in and has not loaded or thrown away, the newest first."""
    rows = db.session.execute(
        select(ImportDraft.id, ImportDraft.created_at)
        .where(ImportDraft.created_by_id == person_id, ImportDraft.expires_at > now)
        .order_by(ImportDraft.id.desc())
        .limit(limit)
    )
    return [(number, at) for number, at in rows]


def import_draft(draft_id: int, person_id: int, now: datetime) -> ImportDraft | None:
    """Somebody's own, as long as it is kept."""
    return to_change(
        select(ImportDraft).where(
            ImportDraft.id == draft_id, ImportDraft.created_by_id == person_id, ImportDraft.expires_at > now
        )
    ).one_or_none()

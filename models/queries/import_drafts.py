"""Files that somebody sent in and has not loaded yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from models.queries.reading import to_change
from models.rules.people.person import Person
from models.rules.refusals import NotFound
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


@dataclass(frozen=True, slots=True)
class LargeDraft:
    """How far the worker is with files, without them. `is_held`: a worker is at it now, and `done` with so many of a
    hundred rows."""

    id: int
    state: str
    rows: int
    revision: int | None
    found: dict | None
    is_held: bool
    done: int


def large_draft(draft_id: int, person: Person, now: datetime) -> LargeDraft:
    """NotFound for another's, and for one that is no longer kept."""
    row = db.session.execute(
        select(
            ImportDraft.id,
            ImportDraft.state,
            ImportDraft.rows,
            ImportDraft.revision,
            ImportDraft.found,
            ImportDraft.leased_until,
            ImportDraft.done,
        ).where(ImportDraft.id == draft_id, ImportDraft.created_by_id == person.id, ImportDraft.expires_at > now)
    ).one_or_none()
    if row is None:
        raise NotFound
    return LargeDraft(row.id, row.state, row.rows, row.revision, row.found, row.leased_until is not None, row.done)


def draft_to_work_on(now: datetime) -> int | None:
    """The number of the oldest that the worker is to read or load and that nobody holds."""
    return db.session.execute(
        select(ImportDraft.id)
        .where(
            ImportDraft.state.in_(("waiting", "loading")),
            ImportDraft.expires_at > now,
            or_(ImportDraft.leased_until.is_(None), ImportDraft.leased_until <= now),
        )
        .order_by(ImportDraft.id)
        .limit(1)
    ).scalar_one_or_none()


def import_draft(draft_id: int, person_id: int, now: datetime) -> ImportDraft | None:
    """Somebody's own, as long as it is kept."""
    return to_change(
        select(ImportDraft).where(
            ImportDraft.id == draft_id, ImportDraft.created_by_id == person_id, ImportDraft.expires_at > now
        )
    ).one_or_none()

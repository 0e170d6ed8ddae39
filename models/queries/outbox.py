"""Mail that waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, or_, select
from sqlalchemy.orm import aliased

from models.tables.db import db
from models.tables.log import OutboxAbout, OutboxRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail to send: facts, not text. `attempts` counts this one too, and those in which a worker was killed."""

    id: int
    kind: str
    recipient_id: int | None
    caller: dict | None
    facts: dict
    message_id: str
    created_at: datetime
    attempts: int


def is_mail_due(now: datetime) -> bool:
    return db.session.execute(_due(now).limit(1)).first() is not None


def id_of_next_due(now: datetime) -> ScalarSelect:
    """For claiming it in an UPDATE: the mail that waited longest, but for rows that another worker just locked."""
    return (
        _due(now).order_by(OutboxRow.due_at, OutboxRow.id).limit(1).with_for_update(skip_locked=True).scalar_subquery()
    )


def waiting_mail(outbox_id: int) -> Waiting:
    return Waiting(
        *db.session.execute(
            select(
                OutboxRow.id,
                OutboxRow.kind,
                OutboxRow.recipient_id,
                OutboxRow.caller,
                OutboxRow.facts,
                OutboxRow.message_id,
                OutboxRow.created_at,
                OutboxRow.attempts,
            ).where(OutboxRow.id == outbox_id)
        ).one()
    )


def mail_given_up_before(instant: datetime, limit: int = 500) -> list[int]:
    return list(
        db.session.scalars(
            select(OutboxRow.id)
            .where(OutboxRow.failed_at < instant, OutboxRow.sent_at.is_(None))
            .order_by(OutboxRow.failed_at, OutboxRow.id)
            .limit(limit)
        )
    )


def _due(now: datetime) -> Select[int]:
    return select(OutboxRow.id).where(
        OutboxRow.sent_at.is_(None),
        OutboxRow.failed_at.is_(None),
        OutboxRow.due_at <= now,
        or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= now),
        ~_waits_for_an_older(),
    )


def _waits_for_an_older() -> ColumnElement[bool]:
    """Whether a mail from before, for the same recipient about the same, is not away yet: a calendar that hears of a
    move before it hears of the booking takes one for the other."""
    own, older = aliased(OutboxAbout), aliased(OutboxAbout)
    same = (older.uid == own.uid, older.recipient == own.recipient, older.outbox_id < own.outbox_id)
    return select(own.outbox_id).join(older, onclause=and_(*same)).where(own.outbox_id == OutboxRow.id).exists()

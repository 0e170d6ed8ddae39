"""Mail that waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, Select, or_, select

from models.tables.db import db
from models.tables.log import OutboxRow
from models.tables.municipality import Organisation


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


def mail_domain_of(organisation: str) -> str | None:
    """The domain in which an organisation has its mail; that of the municipality itself where it has none."""
    rows = db.session.execute(
        select(Organisation.code, Organisation.email_domain)
        .where(or_(Organisation.code == organisation, Organisation.is_host), Organisation.email_domain.is_not(None))
        .order_by(Organisation.id)
    ).all()
    domains = {row.code: row.email_domain for row in rows}
    return domains.get(organisation) or next(iter(domains.values()), None)


def _due(now: datetime) -> Select[int]:
    return select(OutboxRow.id).where(
        OutboxRow.sent_at.is_(None),
        OutboxRow.due_at <= now,
        or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= now),
    )

"""Mail that waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from models.tables.db import db
from models.tables.log import OutboxAbout, OutboxRow
from models.tables.municipality import Organisation
from models.tables.person import PersonRow

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Unsent:
    """A mail that is not away, for whoever minds the machines: why, and nothing of what it says. `address` and
    `organisation`: of whom it is for. `about`: the organisations whose bookings it is about. `waits`: for an older
    one."""

    id: int
    kind: str
    written_at: datetime
    due_at: datetime
    leased_until: datetime | None
    attempts: int
    error: str | None
    failed_at: datetime | None
    address: str | None
    organisation: str | None
    waits: bool
    about: frozenset[str]
    is_private: bool


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


def unsent_mail(*, failed: bool) -> list[Unsent]:
    """What waits, that which is due first before the others; or what was given up, the newest first. At most 100."""
    order = (OutboxRow.failed_at.desc(), OutboxRow.id) if failed else (OutboxRow.due_at, OutboxRow.id)
    rows = db.session.execute(_as_told().where(*_unsent(failed)).order_by(*order).limit(MOST_LISTED))
    return [_as_unsent(row) for row in rows]


def one_unsent(outbox_id: int) -> Unsent | None:
    """None where it is away."""
    row = db.session.execute(_as_told().where(OutboxRow.id == outbox_id, OutboxRow.sent_at.is_(None))).one_or_none()
    return None if row is None else _as_unsent(row)


def _as_told() -> Select[*tuple[Any, ...]]:  # Any: of a row of these columns
    return (
        select(
            OutboxRow.id,
            OutboxRow.kind,
            OutboxRow.created_at,
            OutboxRow.due_at,
            OutboxRow.leased_until,
            OutboxRow.attempts,
            OutboxRow.last_error,
            OutboxRow.failed_at,
            PersonRow.email,
            Organisation.code,
            _waits_for_an_older().label("waits"),
            OutboxRow.caller,
            OutboxRow.facts,
        )
        .outerjoin(PersonRow, PersonRow.id == OutboxRow.recipient_id)
        .outerjoin(Organisation, Organisation.id == PersonRow.organisation_id)
    )


def unsent_counts() -> tuple[int, int]:
    """How many wait, and how many were given up."""
    waiting, failed = (
        db.session.scalar(select(func.count()).select_from(OutboxRow).where(*_unsent(failed)))
        for failed in (False, True)
    )
    return waiting or 0, failed or 0


def mail_kept_since(fault: str, now: datetime) -> datetime | None:
    """Since when the oldest that such a fault of the server keeps back should have gone: due and not tried since, or
    tried and met by it, then as it was written, for by now it is due later."""
    since = case((OutboxRow.attempts == 0, OutboxRow.due_at), else_=OutboxRow.created_at)
    kept = or_(and_(OutboxRow.attempts == 0, OutboxRow.due_at <= now), OutboxRow.last_error == fault)
    return db.session.scalar(select(func.min(since)).where(*_unsent(failed=False), ~_waits_for_an_older(), kept))


def _unsent(failed: bool) -> tuple[ColumnElement[bool], ...]:
    given_up = OutboxRow.failed_at.is_not(None) if failed else OutboxRow.failed_at.is_(None)
    return (OutboxRow.sent_at.is_(None), given_up)


def _as_unsent(row: Any) -> Unsent:  # Any: a row of these columns, of which two hold JSON
    bookings = row.facts["bookings"]
    return Unsent(
        row.id,
        row.kind,
        row.created_at,
        row.due_at,
        row.leased_until,
        row.attempts,
        row.last_error,
        row.failed_at,
        address=row.email or (row.caller or {}).get("email"),
        organisation=row.code,
        waits=row.waits,
        about=frozenset(each["organisation"] for each in bookings if each.get("organisation")),
        is_private=any(each["private"] for each in bookings),
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

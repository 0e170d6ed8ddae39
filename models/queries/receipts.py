"""On what decisions were taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from models.rules.judging.receipt import Met, met_from, rulebook_from
from models.rules.judging.receipt import Rulebook as Book
from models.rules.refusals import Refusal
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.receipt import ReceiptRow, Rulebook

MOST_SHOWN = 50
_ID = select(Rulebook.id).where(Rulebook.revision == bindparam("revision"), Rulebook.space_id == bindparam("space_id"))
_KEPT = (
    select(ReceiptRow, Rulebook.content, PersonRow.display_name)
    .join(Rulebook, Rulebook.id == ReceiptRow.rulebook_id)
    .outerjoin(PersonRow, PersonRow.id == ReceiptRow.actor_id)
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """`reasons`: refusals and warnings as they were given. `actor_name`: who decided, where a person did."""

    handle: str
    booking_id: int | None
    decision: str
    at: datetime
    actor_id: int | None
    actor_name: str | None
    rulebook: Book
    met: Met
    reasons: tuple[Refusal, ...]


def rulebook_id(revision: int, space_id: int) -> int | None:
    return db.session.connection().execute(_ID, {"revision": revision, "space_id": space_id}).scalar()


def last_receipt_of(actor_id: int) -> str | None:
    """Its handle."""
    mine = select(ReceiptRow.handle).where(ReceiptRow.actor_id == actor_id)
    return db.session.scalars(mine.order_by(ReceiptRow.id.desc()).limit(1)).first()


def receipts_of(booking_id: int) -> list[Receipt]:
    """The decisions on a booking, the first one first; at most the 50 last. One query."""
    rows = db.session.execute(
        _KEPT.where(ReceiptRow.booking_id == booking_id).order_by(ReceiptRow.id.desc()).limit(MOST_SHOWN)
    ).all()
    return [_receipt(*row) for row in reversed(rows)]


def refusals_with_a_name(before: datetime, limit: int = 500) -> list[tuple[int, dict]]:
    """Refusals older than that of which it is still known whose they were, the oldest first."""
    return [
        tuple(row)
        for row in db.session.execute(
            select(ReceiptRow.id, ReceiptRow.facts)
            .where(ReceiptRow.booking_id.is_(None), ReceiptRow.actor_id.is_not(None), ReceiptRow.at < before)
            .order_by(ReceiptRow.at, ReceiptRow.id)
            .limit(limit)
        )
    ]


def receipt_under(handle: str | int) -> Receipt | None:
    """By its handle or, within the house, its number."""
    which = ReceiptRow.id if isinstance(handle, int) else ReceiptRow.handle
    found = db.session.execute(_KEPT.where(which == handle)).one_or_none()
    return _receipt(*found) if found else None


def _receipt(row: ReceiptRow, content: dict, actor_name: str | None) -> Receipt:
    return Receipt(
        row.handle,
        row.booking_id,
        row.decision,
        row.at,
        row.actor_id,
        actor_name,
        rulebook_from(content),
        met_from(row.facts),
        tuple(Refusal(**reason) for reason in row.reasons),
    )

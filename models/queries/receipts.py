"""On what decisions were taken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, exists, func, literal_column, select

from models.queries.kept import kept
from models.rules.judging.old_receipts import asked_for_in, met_in, reasons_in, rulebook_in
from models.rules.judging.receipt import Met
from models.rules.judging.receipt import Rulebook as Book
from models.rules.refusals import Refusal
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.receipt import UNREADABLE, WITH_NAMES, ReceiptRow, Rulebook
from models.tables.transaction import is_writing

MOST_SHOWN, MOST_AT_ONCE = 50, 500
_ID = select(Rulebook.id).where(Rulebook.revision == bindparam("revision"), Rulebook.space_id == bindparam("space_id"))
_KEPT = (
    select(ReceiptRow, Rulebook.content, PersonRow.display_name)
    .join(Rulebook, Rulebook.id == ReceiptRow.rulebook_id)
    .outerjoin(PersonRow, PersonRow.id == ReceiptRow.actor_id)
    .where(ReceiptRow.shape != UNREADABLE)
)
# A literal: an index over the few rows of this shape is not found for a value that is bound.
_WITH_NAMES: ColumnElement[int] = literal_column(str(WITH_NAMES))


@dataclass(frozen=True, slots=True)
class Receipt:
    """`reasons`: refusals and warnings as they were given. `actor_name`: who decided, where a person did; of a refusal,
    who asked. `asked_for_id`: of a refusal, for whom. Neither is known once it is forgotten."""

    handle: str
    booking_id: int | None
    decision: str
    at: datetime
    actor_id: int | None
    actor_name: str | None
    asked_for_id: int | None
    rulebook: Book
    met: Met
    reasons: tuple[Refusal, ...]


def rulebook_id(revision: int, space_id: int) -> int | None:
    """None where no decision was taken on it yet. A reader remembers it: one query a process, space and revision."""
    known = kept("rulebooks", revision, dict[int, int])
    if space_id in known:
        return known[space_id]
    number = db.session.connection().execute(_ID, {"revision": revision, "space_id": space_id}).scalar()
    if number is not None and not is_writing():
        known[space_id] = number
    return number


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


def refusals_with_a_name(before: datetime, limit: int = MOST_AT_ONCE) -> list[int]:
    """Refusals older than that of which it is still known whose they were, the oldest first."""
    with_a_name = (ReceiptRow.booking_id.is_(None), ReceiptRow.actor_id.is_not(None), ReceiptRow.at < before)
    found = select(ReceiptRow.id).where(*with_a_name).order_by(ReceiptRow.at, ReceiptRow.id)
    return list(db.session.scalars(found.limit(limit)))


def refusals_counted(since: datetime) -> int:
    """How many wishes were refused from then on, each date of a series one: all that whoever sets limits gets of them.
    One query."""
    refused = (ReceiptRow.booking_id.is_(None), ReceiptRow.at >= since)
    return db.session.scalars(select(func.count()).select_from(ReceiptRow).where(*refused)).one()


def receipts_with_names(limit: int = MOST_AT_ONCE) -> list[ReceiptRow]:
    """Some of those that were written while people stood in them, and are to be written anew."""
    found = select(ReceiptRow).where(ReceiptRow.shape == _WITH_NAMES).order_by(ReceiptRow.id)
    return list(db.session.scalars(found.limit(limit)))


def rulebooks_with_names(limit: int = MOST_AT_ONCE) -> list[Rulebook]:
    """The same of rulebooks. While a receipt is to be written anew its rulebook stays: what it says of quotas and
    services goes into the receipt."""
    waits = exists().where(ReceiptRow.rulebook_id == Rulebook.id, ReceiptRow.shape == _WITH_NAMES)
    found = select(Rulebook).where(Rulebook.shape == _WITH_NAMES, ~waits).order_by(Rulebook.id)
    return list(db.session.scalars(found.limit(limit)))


def rulebook_contents(ids: Collection[int]) -> dict[int, dict]:
    found = select(Rulebook.id, Rulebook.content).where(Rulebook.id.in_(ids)).order_by(Rulebook.id)
    return {row.id: row.content for row in db.session.execute(found)}


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
        row.asked_for_id or (asked_for_in(row.facts) if row.booking_id is None else None),
        rulebook_in(content),
        met_in(row.facts, content),
        tuple(Refusal(**reason) for reason in reasons_in(row.reasons)),
    )

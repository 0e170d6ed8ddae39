"""Receipts from the time when people, services and numbers of bookings stood in them are written anew without."""

from __future__ import annotations

import logging
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import bindparam, update

from models.queries.receipts import receipts_with_names, rulebook_contents, rulebooks_with_names
from models.rules.judging.old_receipts import Json, asked_for_in, met_in, reasons_in, rulebook_in
from models.rules.judging.receipt import as_json
from models.tables.db import db
from models.tables.receipt import NAMELESS, UNREADABLE, ReceiptRow, Rulebook
from models.tables.transaction import writes

AT_ONCE = 500
NOT_TO_BE_READ = (ValidationError, LookupError, TypeError)  # what stands there is no receipt of any time
logger = logging.getLogger(__name__)


def rewrite_receipts(_now: datetime) -> int:
    """How many receipts and rulebooks were written anew, 500 at once; none once all are, at the cost of two looks at an
    index that holds nothing. Safe to run twice or on two machines."""
    due = bool(receipts_with_names(limit=1) or rulebooks_with_names(limit=1))
    db.session.rollback()
    return _rewrite() if due else 0  # an idle worker never takes the writers' lock


@writes
def _rewrite() -> int:
    receipts = receipts_with_names(AT_ONCE)
    if receipts:
        contents = rulebook_contents({each.rulebook_id for each in receipts})
        _write(ReceiptRow, [_receipt(each, contents[each.rulebook_id]) for each in receipts])
        return len(receipts)
    rulebooks = rulebooks_with_names(AT_ONCE)
    _write(Rulebook, [_rulebook(each) for each in rulebooks])
    return len(rulebooks)


def _receipt(row: ReceiptRow, content: Json) -> Json:
    """For whom a refused wish was goes to the other half, as long as it is still known who asked."""
    try:
        asked_for = asked_for_in(row.facts) if row.booking_id is None and row.actor_id is not None else None
        anew = {"facts": as_json(met_in(row.facts, content)), "reasons": reasons_in(row.reasons)}
    except NOT_TO_BE_READ:
        return {"number": row.id, "facts": row.facts, "reasons": row.reasons, "asked_for_id": None, "shape": UNREADABLE}
    return {"number": row.id, **anew, "asked_for_id": asked_for, "shape": NAMELESS}


def _rulebook(row: Rulebook) -> Json:
    try:
        return {"number": row.id, "content": as_json(rulebook_in(row.content)), "shape": NAMELESS}
    except NOT_TO_BE_READ:
        return {"number": row.id, "content": row.content, "shape": UNREADABLE}


def _write(table: type[ReceiptRow | Rulebook], rows: list[Json]) -> None:
    if unreadable := sum(row["shape"] == UNREADABLE for row in rows):
        logger.error("%d of %s cannot be read any more, and stay as they are", unreadable, table.__tablename__)
    if rows:
        db.session.connection().execute(update(table.__table__).where(table.id == bindparam("number")), rows)

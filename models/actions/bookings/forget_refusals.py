"""A week after a wish was refused nobody can tell any more whose it was; that it was wished stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update

from models.queries.receipts import refusals_with_a_name
from models.tables.db import db
from models.tables.receipt import ReceiptRow
from models.tables.transaction import touched, writes

KEPT_WITH_A_NAME = timedelta(days=7)


def forget_refusals(now: datetime) -> int:
    """How many were made nobody's, some hundreds at once. Safe to run twice or on two machines."""
    before = now - KEPT_WITH_A_NAME
    due = bool(refusals_with_a_name(before, limit=1))
    db.session.rollback()
    return _forget(before) if due else 0  # an idle worker never takes the writers' lock


@writes
def _forget(before: datetime) -> int:
    """The half that says who it was; in the other nobody stands."""
    theirs = ReceiptRow.id.in_(refusals_with_a_name(before))
    return touched(update(ReceiptRow).where(theirs).values(actor_id=None, asked_for_id=None))

"""Which request was already answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from models.tables.booking import IdempotencyKey
from models.tables.db import db


def kept_answer(caller: str, key: str, since: datetime) -> IdempotencyKey | None:
    return db.session.execute(
        select(IdempotencyKey).where(
            IdempotencyKey.caller == caller, IdempotencyKey.key == key, IdempotencyKey.created_at > since
        )
    ).scalar_one_or_none()


def keys_used_by(caller: str) -> Sequence[str]:
    """Every key of this caller that is still kept: one more as soon as they book something. One query."""
    return (
        db.session.execute(
            select(IdempotencyKey.key).where(IdempotencyKey.caller == caller).order_by(IdempotencyKey.key)
        )
        .scalars()
        .all()
    )

"""Which request was already answered."""

from __future__ import annotations

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

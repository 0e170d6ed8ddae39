"""A request sent twice is done once: its key is kept with what was booked, in the transaction that did it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from models.queries.keys import kept_answer
from models.rules.refusals import Refused, refusal
from models.tables.booking import IdempotencyKey
from models.tables.db import db

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Key:
    """`caller`: whose key it is (a token, a person); `body_hash`: of the request it came with."""

    caller: str
    key: str
    body_hash: str


def answered_before(key: Key | None, now: datetime) -> dict | None:
    """What this key did within a day: the numbers of its bookings, and what was kept beside them; or None. Who may read
    them is asked anew. The same key with another body is refused."""
    if key is None:
        return None
    kept = kept_answer(key.caller, key.key, now - KEPT_FOR)
    if kept is None:
        return None
    if kept.body_hash != key.body_hash:
        raise Refused([refusal("key_used_before")])
    return {"booking_ids": kept.booking_ids, **kept.answer}


def keep_answer(key: Key, booking_ids: list[int], answer: dict, now: datetime) -> None:
    """Within the write transaction. Keys older than a day make way, this one's own earlier use included."""
    db.session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at <= now - KEPT_FOR))
    db.session.add(
        IdempotencyKey(
            caller=key.caller,
            key=key.key,
            body_hash=key.body_hash,
            created_at=now,
            booking_ids=booking_ids,
            answer=answer,
        )
    )

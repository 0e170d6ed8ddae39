"""When a session at a shared computer is locked: it goes on, and opens nothing until its password is given."""

from __future__ import annotations

from datetime import datetime, timedelta

LOCKED_AFTER = timedelta(minutes=10)


def is_locked(shared: bool, locked_at: datetime | None, last_used_at: datetime, now: datetime) -> bool:
    """By a press, or because nobody pressed anything for ten minutes: also where no script ran to lock it."""
    return shared and (locked_at is not None or last_used_at <= now - LOCKED_AFTER)

"""The browsers in which somebody signed in before: remembered, and forgotten with the sessions they were for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from models.actions.people.attempts import BROWSER_KNOWN_FOR
from models.queries.accounts import newest_browsers_of
from models.tables.db import db
from models.tables.person import KnownBrowser

MOST_BROWSERS = 20  # of one person; the one used longest ago makes room


def remember_browser(person_id: int, browser_hash: str, now: datetime) -> None:
    """Within the transaction of whoever calls."""
    db.session.merge(KnownBrowser(person_id=person_id, token_hash=browser_hash, last_used_at=now))
    db.session.flush()
    newest = newest_browsers_of(person_id, MOST_BROWSERS)
    db.session.execute(delete(KnownBrowser).where(KnownBrowser.last_used_at <= now - BROWSER_KNOWN_FOR))
    db.session.execute(
        delete(KnownBrowser).where(KnownBrowser.person_id == person_id, KnownBrowser.token_hash.not_in(newest))
    )


def forget_browsers(person_id: int, kept: str | None = None) -> None:
    """All of this person's but the one in hand, within the transaction of whoever calls."""
    others = delete(KnownBrowser).where(KnownBrowser.person_id == person_id)
    db.session.execute(others if kept is None else others.where(KnownBrowser.token_hash != kept))

"""Lock a session at a shared computer, and open it again with the password."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Update, update

from models.actions.people.attempts import Counted, Knock, forget_failures
from models.actions.people.change_password import proven
from models.rules.people.passwords import Passwords
from models.tables.db import db
from models.tables.person import SessionRow
from models.tables.transaction import touched, writes


@writes
def mark_shared(session_hash: str, until: datetime | None) -> None:
    """This browser is one of a shared computer, and the session in hand ends then; None: it is not."""
    row = _session(session_hash)
    if until is None:
        db.session.execute(row.values(shared=False, locked_at=None))
        return
    db.session.execute(row.values(shared=True, ends_at=until))


@writes
def lock(session_hash: str, now: datetime) -> None:
    """Nothing opens with it from now on, in no tab. One that was locked before stays as it was."""
    db.session.execute(
        _session(session_hash).where(SessionRow.shared, SessionRow.locked_at.is_(None)).values(locked_at=now)
    )


def unlock(knock: Knock, password: str, session_hash: str, passwords: Passwords, now: datetime) -> bool:
    """Whether the session goes on; it does not where it ended meanwhile. Raises TooManyAttempts, PasswordRefused."""
    counted, _kept = proven(knock, password, passwords, now)
    return _open(counted, session_hash, now)


@writes
def _open(counted: Counted, session_hash: str, now: datetime) -> bool:
    forget_failures(counted)
    going_on = _session(session_hash).where(SessionRow.ends_at > now)
    return touched(going_on.values(locked_at=None, last_used_at=now)) == 1


def _session(session_hash: str) -> Update:
    return update(SessionRow).where(SessionRow.token_hash == session_hash)

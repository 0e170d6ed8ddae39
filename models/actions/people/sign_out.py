"""Signing out: the row goes, and with it every copy of the cookie."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete

from models.actions.people.known_browsers import forget_browsers
from models.tables.person import SessionRow
from models.tables.transaction import touched, writes


def sign_out(token_hash: str) -> None:
    """End this session; ending one that is over already is no error."""
    _end(SessionRow.token_hash == token_hash)


def end_session(person_id: int, handle: str) -> int:
    """End one session of this person, known by the beginning of its hash: how many that were, one or none."""
    return _end(SessionRow.person_id == person_id, SessionRow.token_hash.startswith(handle, autoescape=True))


@writes
def sign_out_elsewhere(person_id: int, kept_token_hash: str, kept_browser: str | None = None) -> int:
    """End every session of this person but the one in hand, and return how many were ended. Browsers that were known
    are strangers again."""
    forget_browsers(person_id, kept_browser)
    return _end(SessionRow.person_id == person_id, SessionRow.token_hash != kept_token_hash)


@writes
def _end(*which: ColumnElement[bool]) -> int:
    return touched(delete(SessionRow).where(*which))

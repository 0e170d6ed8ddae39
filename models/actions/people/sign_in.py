"""Signing in with a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from models.actions.people.attempts import Counted, Knock, count_attempt, forget_failures
from models.actions.people.known_browsers import remember_browser
from models.queries.people import password_hash_of, person_by_username
from models.rules.people.passwords import Passwords
from models.rules.people.person import Person
from models.rules.people.tokens import new_token, token_hash
from models.tables.db import db
from models.tables.person import PersonRow, SessionRow
from models.tables.transaction import writes

SESSION_LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The token of the new session, told once, and whose it is."""

    token: str
    person: Person


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Name or password wrong; with `again_at`, not even looked at before that instant."""

    again_at: datetime | None = None


def sign_in(
    knock: Knock,
    password: str,
    passwords: Passwords,
    now: datetime,
    *,
    browser: str | None = None,
    shared_until: datetime | None = None,
) -> SignedIn | NotSignedIn:
    """Open a session of twelve hours, or say no in one way for a wrong password, an unknown name and a closed account.

    `browser`: the hash by which this browser is known from now on. `shared_until`: at a shared computer, when the
    session is over. Hashing happens outside the lock, it takes a third of a second.
    """
    counted = count_attempt(knock, now)
    if isinstance(counted, datetime):
        return NotSignedIn(counted)
    kept = password_hash_of(knock.username)
    if not passwords.is_right(password, kept) or kept is None:
        return NotSignedIn()
    fresh = passwords.hashed(password) if passwords.is_outdated(kept) else kept
    return _open_session((kept, fresh), counted, _Where(knock.username, browser, shared_until), now)


@dataclass(frozen=True, slots=True)
class _Where:
    """Who signs in, in which browser: its hash, and until when it is theirs if others use it too."""

    username: str
    browser: str | None
    shared_until: datetime | None


@writes
def _open_session(hashes: tuple[str, str], counted: Counted, where: _Where, now: datetime) -> SignedIn | NotSignedIn:
    (kept, fresh), username = hashes, where.username
    person = person_by_username(username)
    # Someone may have changed the password or closed the account while ours was being checked.
    if person is None or password_hash_of(username) != kept:
        return NotSignedIn()
    if fresh != kept:
        db.session.execute(update(PersonRow).where(PersonRow.id == person.id).values(password_hash=fresh))
    forget_failures(counted)
    if where.browser is not None:
        remember_browser(person.id, where.browser, now)
    db.session.execute(delete(SessionRow).where(SessionRow.ends_at <= now))
    token = new_token()
    db.session.add(
        SessionRow(
            token_hash=token_hash(token),
            person_id=person.id,
            created_at=now,
            last_used_at=now,
            ends_at=where.shared_until or now + SESSION_LASTS,
            shared=where.shared_until is not None,
        )
    )
    return SignedIn(token, person)

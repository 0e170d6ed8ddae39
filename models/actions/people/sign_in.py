"""Signing in with a password, and the brake on guessing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from models.queries.accounts import nth_newest_attempt
from models.queries.people import password_hash_of, person_by_username
from models.rules.people.passwords import Passwords
from models.rules.people.person import Person
from models.rules.people.tokens import new_token, token_hash
from models.tables.db import db
from models.tables.person import PersonRow, SessionRow, SignInAttempt
from models.tables.transaction import writes

SESSION_LASTS = timedelta(hours=12)
TRIES_PER_USERNAME = 10
TRIES_PER_ADDRESS = 50
TRIES_COUNT_FOR = timedelta(minutes=15)
ATTEMPTS_KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The token of the new session, told once, and whose it is."""

    token: str
    person: Person


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Name or password wrong; with `again_at`, not even looked at before that instant."""

    again_at: datetime | None = None


def sign_in(username: str, password: str, address: str, passwords: Passwords, now: datetime) -> SignedIn | NotSignedIn:
    """Open a session of twelve hours, or say no in one way for a wrong password, an unknown name and a closed account.

    The attempt is counted before the password is looked at: otherwise a thousand guesses sent at once would all be
    looked at before the first was counted. Hashing happens outside the lock, it takes a third of a second.
    """
    again_at = _count_attempt(username, address, now)
    if again_at is not None:
        return NotSignedIn(again_at)
    kept = password_hash_of(username)
    if not passwords.is_right(password, kept) or kept is None:
        return NotSignedIn()
    fresh = passwords.hashed(password) if passwords.is_outdated(kept) else kept
    return _open_session(username, address, kept, fresh, now)


@writes
def _count_attempt(username: str, address: str, now: datetime) -> datetime | None:
    """Write the attempt down, or answer when the next one is welcome."""
    since = now - TRIES_COUNT_FOR
    too_many_since = [
        at
        for at in (
            nth_newest_attempt(TRIES_PER_USERNAME, since, username=username),
            nth_newest_attempt(TRIES_PER_ADDRESS, since, address=address),
        )
        if at is not None
    ]
    if too_many_since:
        return max(too_many_since) + TRIES_COUNT_FOR
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPTS_KEPT_FOR))
    db.session.add(SignInAttempt(username=username, address=address, at=now))
    return None


@writes
def _open_session(username: str, address: str, kept: str, fresh: str, now: datetime) -> SignedIn | NotSignedIn:
    person = person_by_username(username)
    # Someone may have changed the password or closed the account while ours was being checked.
    if person is None or password_hash_of(username) != kept:
        return NotSignedIn()
    if fresh != kept:
        db.session.execute(update(PersonRow).where(PersonRow.id == person.id).values(password_hash=fresh))
    db.session.execute(
        delete(SignInAttempt).where(SignInAttempt.username == username, SignInAttempt.address == address)
    )
    db.session.execute(delete(SessionRow).where(SessionRow.ends_at <= now))
    token = new_token()
    db.session.add(
        SessionRow(
            token_hash=token_hash(token),
            person_id=person.id,
            created_at=now,
            last_used_at=now,
            ends_at=now + SESSION_LASTS,
        )
    )
    return SignedIn(token, person)

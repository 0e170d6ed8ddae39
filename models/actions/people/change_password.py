"""Somebody changes their own password, and says what ends with the old one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from models.actions.people.attempts import Counted, Knock, count_attempt, forget_failures
from models.actions.people.end_tokens import end_tokens
from models.actions.people.feeds import revoke_feeds
from models.actions.people.set_password import PasswordRefused, check_new_password
from models.actions.people.sign_out import sign_out_elsewhere
from models.actions.record import record
from models.queries.people import password_hash_of
from models.rules.people.passwords import Passwords
from models.rules.people.person import By, Person
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.transaction import writes


@dataclass(frozen=True, slots=True)
class Ends:
    """What ends with the old password. Of sessions the one in hand goes on: `session`, and `browser` where it is known,
    are its hashes."""

    session: str
    browser: str | None = None
    sessions: bool = True
    tokens: bool = True
    feeds: bool = False


class TooManyAttempts(Exception):
    """The old password was not looked at: too often it was wrong before."""

    def __init__(self, again_at: datetime):
        super().__init__(again_at)
        self.again_at = again_at


def proven(knock: Knock, password: str, passwords: Passwords, now: datetime) -> tuple[Counted, str]:
    """That this is the password of whom it is said to be of, with the hash that is kept of it.

    Guessed at no quicker than at the door. Raises TooManyAttempts, and PasswordRefused (wrong_password).
    """
    counted = count_attempt(knock, now)
    if isinstance(counted, datetime):
        raise TooManyAttempts(counted)
    kept = password_hash_of(knock.username)
    if not passwords.is_right(password, kept) or kept is None:
        raise PasswordRefused("wrong_password")
    return counted, kept


def change_password(knock: Knock, by: By, old: str, new: str, ends: Ends, passwords: Passwords) -> None:
    """Raises TooManyAttempts, and PasswordRefused: wrong_password of the old one, the other reasons of the new one."""
    person, now = by
    check_new_password(new, person.organisation, person.name, person.username)
    if new == old:
        raise PasswordRefused("same_password")
    counted, kept = proven(knock, old, passwords, now)
    _change(person, counted, kept, passwords.hashed(new), ends, now)


@writes
def _change(person: Person, counted: Counted, kept: str, fresh: str, ends: Ends, now: datetime) -> None:
    if password_hash_of(person.username) != kept:  # somebody set another one meanwhile
        raise PasswordRefused("wrong_password")
    forget_failures(counted)
    db.session.execute(update(PersonRow).where(PersonRow.id == person.id).values(password_hash=fresh))
    record("change_password", "person", person.id, person, now)
    if ends.sessions:
        sign_out_elsewhere(person.id, ends.session, ends.browser)
    if ends.tokens:
        end_tokens(person.id, now, actor=person)
    if ends.feeds:
        revoke_feeds(person.id, now)

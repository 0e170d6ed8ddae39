"""Give people a password, and end whatever was open under the old one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, update

from models.queries.accounts import account_id
from models.rules.people.passwords import Passwords
from models.tables.db import db
from models.tables.person import KnownBrowser, PersonRow, SessionRow
from models.tables.transaction import writes

LONGEST_PASSWORD = 1_000  # hashing takes longer the longer it is


class PasswordRefused(Exception):
    """`reason`: empty_password, long_password or unknown_person."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def checked_password(password: str) -> None:
    if not password:
        raise PasswordRefused("empty_password")
    if len(password) > LONGEST_PASSWORD:
        raise PasswordRefused("long_password")


def set_password(username: str, password: str, passwords: Passwords) -> None:
    """Replace a person's password and sign them out everywhere. Raises PasswordRefused."""
    if set_passwords([username], password, passwords) == 0:
        raise PasswordRefused("unknown_person")


def set_passwords(usernames: Iterable[str], password: str, passwords: Passwords) -> int:
    """Give all of these the same password, hashed once; how many of them there are. Unknown names are passed over."""
    checked_password(password)
    hashed = passwords.hashed(password)
    return _set(list(usernames), hashed)


@writes
def _set(usernames: list[str], hashed: str) -> int:
    people = [number for number in map(account_id, usernames) if number is not None]
    db.session.execute(update(PersonRow).where(PersonRow.id.in_(people)).values(password_hash=hashed))
    for table in (SessionRow, KnownBrowser):
        db.session.execute(delete(table).where(table.person_id.in_(people)))
    return len(people)

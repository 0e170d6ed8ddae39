"""Give people a password, and end whatever was open under the old one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, update

from models.actions.people.end_tokens import end_tokens
from models.queries.accounts import account_id
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.people.password_rules import fault_of, known_of
from models.rules.people.passwords import Passwords
from models.tables.db import db
from models.tables.person import KnownBrowser, PersonRow, SessionRow
from models.tables.transaction import writes

LONGEST_PASSWORD = 1_000  # of those from before: hashing takes longer the longer it is


class PasswordRefused(Exception):
    """`reason`: what fault_of() says, or unknown_person."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def check_new_password(password: str, organisation: str | None, *own_names: str | None) -> None:
    """Raises PasswordRefused for one that is not worth keeping."""
    fault = fault_of(password, known_of(the_house(), organisation, *own_names))
    if fault:
        raise PasswordRefused(fault)


def set_password(username: str, password: str, passwords: Passwords, now: datetime, *, keep_tokens: bool) -> None:
    """Replace a person's password, sign them out everywhere, and end the tokens of their programs unless these are kept
    on purpose. Raises PasswordRefused."""
    person = person_by_username(username)
    if person is None:
        raise PasswordRefused("unknown_person")
    check_new_password(password, person.organisation, person.name, username)
    _set([username], passwords.hashed(password), tokens_end=None if keep_tokens else now)


def set_passwords(usernames: Iterable[str], password: str, passwords: Passwords) -> int:
    """Give all of these the same password, hashed once; how many of them there are. Unknown names are passed over. It
    is not judged: what many share is open, as the demo's is."""
    hashed = passwords.hashed(password)
    return _set(list(usernames), hashed)


@writes
def _set(usernames: list[str], hashed: str, *, tokens_end: datetime | None = None) -> int:
    people = [number for number in map(account_id, usernames) if number is not None]
    db.session.execute(update(PersonRow).where(PersonRow.id.in_(people)).values(password_hash=hashed))
    for table in (SessionRow, KnownBrowser):
        db.session.execute(delete(table).where(table.person_id.in_(people)))
    if tokens_end is not None:
        for number in people:
            end_tokens(number, tokens_end)
    return len(people)

"""Give people a password, and end whatever was open under the old one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, update

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


def set_password(username: str, password: str, passwords: Passwords) -> None:
    """Replace a person's password and sign them out everywhere. Raises PasswordRefused."""
    person = person_by_username(username)
    if person is None:
        raise PasswordRefused("unknown_person")
    check_new_password(password, person.organisation, person.name, username)
    set_passwords([username], password, passwords)


def set_passwords(usernames: Iterable[str], password: str, passwords: Passwords) -> int:
    """Give all of these the same password, hashed once; how many of them there are. Unknown names are passed over. It
    is not judged: what many share is open, as the demo's is."""
    hashed = passwords.hashed(password)
    return _set(list(usernames), hashed)


@writes
def _set(usernames: list[str], hashed: str) -> int:
    people = [number for number in map(account_id, usernames) if number is not None]
    db.session.execute(update(PersonRow).where(PersonRow.id.in_(people)).values(password_hash=hashed))
    for table in (SessionRow, KnownBrowser):
        db.session.execute(delete(table).where(table.person_id.in_(people)))
    return len(people)

"""Add a person who can sign in with a password."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from models.actions.set_password import checked_password
from models.queries.accounts import account_id, organisation_id
from models.rules.csv_cells import BadCell, code, text
from models.rules.csv_cells import email as checked_email
from models.rules.passwords import Passwords
from models.rules.person import ROLES
from models.tables.db import db
from models.tables.person import PersonRole, PersonRow
from models.tables.transaction import retried, write_transaction


class AccountRefused(Exception):
    """An account that cannot be made or changed so; `reason` is a code."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class NewPerson:
    """`organisation` None: the host. Without a name the username stands for it."""

    username: str
    roles: Collection[str]
    organisation: str | None = None
    name: str | None = None
    email: str | None = None


def create_user(wanted: NewPerson, password: str, passwords: Passwords) -> int:
    """Add the person and return their number. Raises AccountRefused: username_taken, unknown_organisation, bad_…"""
    checked_password(password)
    _check(wanted)
    hashed = passwords.hashed(password)
    return retried(lambda: _create(wanted, hashed))


def _create(wanted: NewPerson, hashed: str) -> int:
    with write_transaction():
        organisation = organisation_id(wanted.organisation)
        if organisation is None:
            raise AccountRefused("unknown_organisation")
        if account_id(wanted.username) is not None:
            raise AccountRefused("username_taken")
        row = PersonRow(username=wanted.username, display_name=wanted.name or wanted.username, email=wanted.email,
                        organisation_id=organisation, password_hash=hashed,
                        roles=[PersonRole(role=role) for role in sorted(set(wanted.roles))])
        db.session.add(row)
        db.session.flush()
        return row.id


def _check(wanted: NewPerson) -> None:
    for field, read, value in (("username", code, wanted.username), ("name", text(), wanted.name),
                               ("email", checked_email, wanted.email)):
        try:
            if value is not None and (not value.strip() or read(value) is None):
                raise BadCell("empty_cell")
        except BadCell:
            raise AccountRefused(f"bad_{field}") from None
    if not wanted.roles or not set(wanted.roles) <= set(ROLES):
        raise AccountRefused("bad_role")

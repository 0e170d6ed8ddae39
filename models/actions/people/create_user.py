"""Add a person who can sign in with a password."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from models.actions.people.set_password import check_new_password
from models.queries.accounts import organisation_id, usernames
from models.rules.codes import Codes
from models.rules.house.place_codes import new_code
from models.rules.people.passwords import Passwords
from models.rules.people.person import ROLES
from models.rules.refusals import BadRequest, checked_value
from models.rules.values import EMAIL, NAME, Listed, OneOf
from models.tables.db import db
from models.tables.person import PersonRole, PersonRow
from models.tables.transaction import retried, write_transaction


@dataclass(frozen=True, slots=True)
class NewPerson:
    """`organisation` None: the host. Without a name the username stands for it."""

    username: str
    roles: Collection[str]
    organisation: str | None = None
    name: str | None = None
    email: str | None = None


def create_user(wanted: NewPerson, password: str, passwords: Passwords) -> int:
    """Add the person and return their number. Raises PasswordRefused, or BadRequest with the field."""
    checked_value("name", NAME, wanted.name, may_be_empty=True)
    checked_value("email", EMAIL, wanted.email, may_be_empty=True)
    if not checked_value("role", Listed(OneOf(ROLES)), tuple(wanted.roles)):
        raise BadRequest("role", "required")
    check_new_password(password, wanted.organisation, wanted.name, wanted.username)
    hashed = passwords.hashed(password)
    return retried(lambda: _create(wanted, hashed))


def _create(wanted: NewPerson, hashed: str) -> int:
    with write_transaction():
        organisation = organisation_id(wanted.organisation)
        if organisation is None:
            raise BadRequest("organisation", "unknown_code")
        username = new_code("username", wanted.username, Codes(usernames()))
        row = PersonRow(
            username=username,
            display_name=wanted.name or username,
            email=wanted.email,
            organisation_id=organisation,
            password_hash=hashed,
            roles=[PersonRole(role=role) for role in sorted(set(wanted.roles))],
        )
        db.session.add(row)
        db.session.flush()
        return row.id

"""Accounts: who there is already, who can sign in, and how often somebody tried in vain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from models.tables.db import db
from models.tables.municipality import Organisation
from models.tables.person import PersonRow, SignInAttempt


def organisation_id(code: str | None) -> int | None:
    """The number of an organisation, without a code the host's; None where there is none."""
    wanted = select(Organisation.id).order_by(Organisation.id).limit(1)
    return db.session.scalar(wanted.where(Organisation.is_host if code is None else Organisation.code == code))


def organisation_codes() -> list[str]:
    return list(db.session.scalars(select(Organisation.code).order_by(Organisation.code).limit(100)))


def usernames() -> list[str]:
    """Of everybody there ever was."""
    return list(db.session.scalars(select(PersonRow.username).order_by(PersonRow.id)))


def account_id(username: str) -> int | None:
    return db.session.scalar(select(PersonRow.id).where(PersonRow.username == username))


def those_with_password(usernames: Iterable[str]) -> frozenset[str]:
    """Who of these is active and has a password."""
    return frozenset(
        db.session.scalars(
            select(PersonRow.username).where(
                PersonRow.username.in_(tuple(usernames)), PersonRow.active, PersonRow.password_hash.is_not(None)
            )
        )
    )


def nth_newest_attempt(nth: int, since: datetime, **of_whom: str) -> datetime | None:
    """When the nth newest failed sign-in for this `username`, or from this `address`, was made, or None where there
    were fewer since then. Counted where every process sees them."""
    return db.session.scalar(
        select(SignInAttempt.at)
        .filter_by(**of_whom)
        .where(SignInAttempt.at > since)
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc())
        .offset(nth - 1)
        .limit(1)
    )

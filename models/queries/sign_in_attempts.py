"""Failed sign-ins of the last minutes, counted where every process sees them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from models.tables.db import db
from models.tables.person import SignInAttempt


def nth_newest_attempt_by_username(username: str, nth: int, since: datetime) -> datetime | None:
    """When the nth newest failed attempt for this name was made, or None where there were fewer since then."""
    return _nth_newest(SignInAttempt.username == username, nth, since)


def nth_newest_attempt_by_address(address: str, nth: int, since: datetime) -> datetime | None:
    """When the nth newest failed attempt from this address was made, or None where there were fewer since then."""
    return _nth_newest(SignInAttempt.address == address, nth, since)


def _nth_newest(of_whom, nth: int, since: datetime) -> datetime | None:
    return db.session.execute(
        select(SignInAttempt.at).where(of_whom, SignInAttempt.at > since)
        .order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc()).offset(nth - 1).limit(1)).scalar_one_or_none()

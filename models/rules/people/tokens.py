"""API tokens and other addresses that are themselves the key: made once, shown once, kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from models.rules.people.rights import RIGHTS, SCOPES
from models.rules.refusals import BadRequest

USUAL_DAYS, LONGEST_DAYS = 365, 730  # a token works until its last day is over: so long, and no longer
MOST_TOKENS = 50  # that one person has at a time


def new_token(prefix: str = "tp_") -> str:
    """A fresh token with 256 bits of randomness, safe in a header and in an address."""
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps of a token, and finds it by. Unsalted: a random token cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def widest_scope(roles: Iterable[str]) -> str:
    """The furthest scope that any right of these roles asks for: a token beyond it would promise what nobody may do."""
    held = frozenset(roles)
    reached = [right.scope for right in RIGHTS.values() if right.roles is not None and right.roles & held]
    return max(reached, key=SCOPES.index, default="read")


def scopes_within(roles: Iterable[str]) -> tuple[str, ...]:
    """Those that a token of these roles may have, the narrowest first."""
    return SCOPES[: SCOPES.index(widest_scope(roles)) + 1]


def last_day(until: date | None, today: date) -> date:
    """On which a new token still works. Raises BadRequest: field `until` with in_the_past or token_too_long."""
    if until is None:
        return today + timedelta(days=USUAL_DAYS)
    if until < today:
        raise BadRequest("until", "in_the_past")
    if until > today + timedelta(days=LONGEST_DAYS):
        raise BadRequest("until", "token_too_long", most=LONGEST_DAYS)
    return until

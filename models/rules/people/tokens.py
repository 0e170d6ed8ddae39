"""API tokens and other addresses that are themselves the key: made once, shown once, kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

from models.rules.people.rights import RIGHTS, SCOPES


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

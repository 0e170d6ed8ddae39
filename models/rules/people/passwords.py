"""Passwords, kept as Argon2id hashes."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TypedDict, Unpack

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Costs(TypedDict, total=False):
    """What argon2 reckons with; where one is left out, as its makers advise."""

    time_cost: int
    memory_cost: int  # KiB
    parallelism: int


class Passwords:
    """Hashes and checks at one cost; `costs` are argon2's own."""

    def __init__(self, **costs: Unpack[Costs]) -> None:
        self._hasher = PasswordHasher(**costs)

    def hashed(self, password: str) -> str:
        return self._hasher.hash(password)

    def is_right(self, password: str, kept: str | None) -> bool:
        """Whether `kept` was made of this password; with nothing kept, as slow an answer and always no."""
        try:
            return self._hasher.verify(kept or self._of_nobody, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made at another cost than today's."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _of_nobody(self) -> str:
        return self._hasher.hash("nobody has this password")


@cache
def passwords_at(**costs: Unpack[Costs]) -> Passwords:
    """One Passwords per cost and process, warmed up: otherwise a second hash would tell the first unknown name."""
    passwords = Passwords(**costs)
    passwords.is_right("", None)
    return passwords

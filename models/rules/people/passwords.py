"""Passwords, kept as Argon2id hashes."""

from __future__ import annotations

from functools import cache, cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Passwords:
    """Hashes and checks at one cost; `costs` are argon2's own: time_cost, memory_cost (KiB), parallelism."""

    def __init__(self, **costs: int) -> None:
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
def passwords_at(**costs: int) -> Passwords:
    """One Passwords per cost and process, warmed up: otherwise a second hash would tell the first unknown name."""
    passwords = Passwords(**costs)
    passwords.is_right("", None)
    return passwords

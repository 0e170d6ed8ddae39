"""What the house calls a thing outside: a word that is drawn, not counted."""

from __future__ import annotations

import secrets

LENGTH = 16
READ_AS_NO_OTHER = "23456789abcdefghjkmnpqrstuvwxyz"


def new_handle() -> str:
    """Sixteen letters and digits, safe in an address and over the telephone. Nobody can tell from it how many there
    are, nor which came before."""
    return "".join(secrets.choice(READ_AS_NO_OTHER) for _each in range(LENGTH))


def is_handle(text: str) -> bool:
    """Whether it could be one: those that a database drew by itself have letters of their own."""
    return len(text) == LENGTH and text.isascii() and text.isalnum()

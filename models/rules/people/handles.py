"""What the house calls a thing outside: a word that is drawn, not counted."""

from __future__ import annotations

import secrets

LENGTH = 16
READ_AS_NO_OTHER = "23456789abcdefghjkmnpqrstuvwxyz"
_HOW_MANY = len(READ_AS_NO_OTHER) ** LENGTH


def new_handle() -> str:
    """Sixteen letters and digits, safe in an address and over the telephone. Nobody can tell from it how many there
    are, nor which came before."""
    drawn, letters = secrets.randbelow(_HOW_MANY), []
    for _each in range(LENGTH):  # of one number: to draw each by itself takes five times as long
        drawn, which = divmod(drawn, len(READ_AS_NO_OTHER))
        letters.append(READ_AS_NO_OTHER[which])
    return "".join(letters)


def is_handle(text: str) -> bool:
    """Whether it could be one: those that a database drew by itself have letters of their own."""
    return len(text) == LENGTH and text.isascii() and text.isalnum()

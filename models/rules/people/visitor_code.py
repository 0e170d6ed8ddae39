"""A code that stands for a client where no name may: short enough to say aloud, without look-alike characters."""

from __future__ import annotations

import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"


def new_visitor_code() -> str:
    """Such as K7F-2M."""
    letter, digit = (lambda: secrets.choice(LETTERS)), (lambda: secrets.choice(DIGITS))
    return f"{letter()}{digit()}{letter()}-{digit()}{letter()}"

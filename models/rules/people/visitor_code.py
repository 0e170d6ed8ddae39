"""A code that stands for a client where no name may: short enough to say aloud, without look-alike characters."""

from __future__ import annotations

import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS = "23456789"
FORM = "LDLDL"


def new_visitor_code() -> str:
    """Such as K7F-2M."""
    one, two, three = (secrets.choice(LETTERS) for _letter in range(3))
    return f"{one}{secrets.choice(DIGITS)}{two}-{secrets.choice(DIGITS)}{three}"


def is_meant_by(typed: str, code: str) -> bool:
    """Whether somebody who types this means the code: however it is written, with or without a dash or a blank."""
    return _letters(typed) == _letters(code)


def is_like_a_code(typed: str) -> bool:
    """Whether it could be one at all: letter, digit, letter, digit, letter."""
    return len(text := _letters(typed)) == len(FORM) and all(
        each.isalpha() if sort == "L" else each.isdigit() for each, sort in zip(text, FORM, strict=True)
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))

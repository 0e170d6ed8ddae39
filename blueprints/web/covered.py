"""Numbers that count up, as they stand outside: each as another of the same sort, so that who has two of them does not
learn how many others were made between.

Drawn handles would need a column; this needs the key that the house has. The same number is always covered by the same.
"""

from __future__ import annotations

import hmac

from flask import Flask, current_app

from blueprints.web.addresses import RowNumber
from models.rules.values import LARGEST_ROW_NUMBER

# What is counted: of two sorts the same number is covered by others.
FEED, TOKEN, CHANGE, MAIL = "feed", "token", "change", "mail"
HALF = 1 << 16
ROUNDS = 4


def covered(number: int, what: str) -> int:
    """The number of a row as another one that a row could have."""
    while True:  # until it is one again: at most half of what comes out is too large
        left, right = divmod(number, HALF)
        for turn in range(ROUNDS):
            left, right = right, left ^ _mixed(right, what, turn)
        number = left * HALF + right
        if number <= LARGEST_ROW_NUMBER:
            return number


def uncovered(number: int, what: str) -> int:
    while True:
        left, right = divmod(number, HALF)
        for turn in reversed(range(ROUNDS)):
            left, right = right ^ _mixed(left, what, turn), left
        number = left * HALF + right
        if number <= LARGEST_ROW_NUMBER:
            return number


class CoveredNumber(RowNumber):
    """In an address, of which a view learns the number itself."""

    what: str

    def to_python(self, value: str) -> int:
        return uncovered(super().to_python(value), self.what)

    def to_url(self, value: int) -> str:
        return super().to_url(covered(value, self.what))


class FeedNumber(CoveredNumber):
    """`<feed:…>`."""

    what = FEED


class TokenNumber(CoveredNumber):
    """`<token:…>`."""

    what = TOKEN


class MailNumber(CoveredNumber):
    """`<mail:…>`."""

    what = MAIL


def start_covered_numbers(app: Flask) -> None:
    app.url_map.converters |= {each.what: each for each in (FeedNumber, TokenNumber, MailNumber)}


def _mixed(half: int, what: str, turn: int) -> int:
    said = f"{what} {turn} {half}".encode()
    return int.from_bytes(hmac.digest(current_app.config["SECRET_KEY"].encode(), said, "sha256")[:2])

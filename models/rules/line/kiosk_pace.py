"""How fast a kiosk goes. It stands in the hall, and many whom nobody knows press it one after the other: what one does
holds up the next for some seconds at most, and yet nobody guesses there what others come with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

WRONG_CODES = 5  # within WINDOW (throttle.py), before each further one has to wait
LONGEST_WAIT = timedelta(seconds=30)  # 120 codes an hour, of 884,736
NUMBERS, NUMBERS_WITHIN = 10, timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def next_code_at(wrong: Sequence[datetime], now: datetime) -> datetime | None:
    """Before which instant no code is looked at; None: it is looked at now. `wrong`: when one was wrong lately, the
    newest first. Twice as long for each, counted from the last."""
    too_many = len(wrong) - WRONG_CODES
    if too_many < 0:
        return None
    again = wrong[0] + min(2 * SECOND * (1 << min(too_many, 20)), LONGEST_WAIT)
    return again if again > now else None


def next_number_at(given: Sequence[datetime], now: datetime) -> datetime | None:
    """As next_code_at(), for the numbers that were taken."""
    if len(given) < NUMBERS:
        return None
    again = given[NUMBERS - 1] + NUMBERS_WITHIN
    return again if again > now else None

"""How many requests one key may send a minute: an end to a program that runs wild, before others wait for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
SWEPT_ABOVE = 1_000  # so many keys are remembered before those whose minute is over are forgotten


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a key's minute. `most`: in each; `remaining`: requests, below 0 where this one is too many;
    `seconds`: until the next minute begins."""

    most: int
    remaining: int
    seconds: int

    @property
    def is_too_many(self) -> bool:
        return self.remaining < 0


@dataclass(slots=True)
class Rates:
    """For each key when its minute began, and how many came in it. For one process, and safe in its threads."""

    _minutes: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def add(self, key: str, at: datetime, most: int) -> Left:
        """Count one more. A minute begins with the first request after the last one is over."""
        with self._lock:
            if len(self._minutes) > SWEPT_ABOVE:
                self._minutes = {each: kept for each, kept in self._minutes.items() if kept[0] + WINDOW > at}
            began, number = self._minutes.get(key, (at, 0))
            if not began <= at < began + WINDOW:  # over, or the clock was set back
                began, number = at, 0
            self._minutes[key] = began, number + 1
        return Left(most, most - number - 1, -(-(began + WINDOW - at) // SECOND))

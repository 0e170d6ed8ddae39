"""The end to how long somebody keeps a place by typing, and goes on to type."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

LONGEST, PAUSE = timedelta(minutes=5), timedelta(minutes=2)


@dataclass(slots=True)
class KeptLong:
    """Since when each person has typed, and when last, by number. For one process, and safe in its threads."""

    _typing: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def may_keep(self, person_id: int, now: datetime) -> bool:
        """For five minutes in all; then not before nothing was typed for two."""
        with self._lock:
            self._typing = {who: each for who, each in self._typing.items() if now - each[1] < PAUSE}
            since, _last = self._typing.get(person_id, (now, now))
            self._typing[person_id] = since, now
            return now - since < LONGEST

    def forget(self, person_id: int) -> None:
        """They booked what it was for."""
        with self._lock:
            self._typing.pop(person_id, None)

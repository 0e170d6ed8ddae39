"""How long writers waited for their turn and the database's lock, for whoever counts it."""

from __future__ import annotations

from collections.abc import Callable

_LISTENERS: list[Callable[[float], None]] = []


def tell_waits(listener: Callable[[float], None]) -> None:
    """From here on it is told the seconds of each wait that ended with the lock."""
    if listener not in _LISTENERS:  # a process may make several apps
        _LISTENERS.append(listener)


def waited(seconds: float) -> None:
    for each in _LISTENERS:
        each(seconds)

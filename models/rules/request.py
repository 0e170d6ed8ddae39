"""A booking as somebody asks for it: codes and values, before anything is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

PRIVACIES = ("busy", "title", "public")


@dataclass(frozen=True, slots=True)
class Override:
    rules: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """`start` and `end` are aware. What is left out the house decides: the usual layout, the space's privacy."""

    space: str
    start: datetime
    end: datetime
    attendees: int | None = None
    title: str | None = None
    layout: str | None = None
    service: str | None = None
    privacy: str | None = None
    on_behalf_of: str | None = None
    exclusive: bool = False
    visitors: int | None = None
    wheelchair: int | None = None
    equipment: tuple[str, ...] = ()
    evacuation_buddy: str | None = None
    key_holder: str | None = None
    recurrence: str | None = None
    on_conflict: str = "all"
    override: Override | None = None
    note: str | None = None
    channel: str = "web"

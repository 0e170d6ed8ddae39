"""What a calendar program is told of a booking: frozen values, instants aware and in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Status = Literal["confirmed", "tentative", "cancelled"]
Classification = Literal["PUBLIC", "PRIVATE", "CONFIDENTIAL"]
Reply = Literal["needs-action", "accepted", "declined", "tentative"]
INSTANTS = ("start", "end", "changed_at", "created_at", "recurrence_id")  # of an event


def _in_utc(instant: datetime, name: str) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{name} needs an aware instant")
    return instant.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Who organises or is invited. `reply` is what an invitee answered so far; needs-action asks for an answer."""

    address: str
    name: str = ""
    reply: Reply = "needs-action"


@dataclass(frozen=True, slots=True)
class Recurring:
    """How a series repeats on the wall clock: an RFC 5545 RRULE value, its UNTIL in UTC, and the starts of the dates it
    leaves out."""

    rrule: str
    left_out: tuple[datetime, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "left_out", tuple(_in_utc(start, "left_out") for start in self.left_out))


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One booking, one series, or one changed date of a series.

    A changed date has the series' uid and, as `recurrence_id`, the start it had in the series.
    A calendar knows no parts of a second: what is finer is dropped when written.
    """

    uid: str
    start: datetime
    end: datetime
    summary: str
    status: Status
    sequence: int
    changed_at: datetime
    created_at: datetime | None = None
    location: str | None = None
    description: str | None = None
    recurrence: Recurring | None = None
    recurrence_id: datetime | None = None
    organiser: Mailbox | None = None
    attendees: tuple[Mailbox, ...] = ()
    url: str | None = None
    classification: Classification = "PUBLIC"

    def __post_init__(self) -> None:
        for name in INSTANTS:
            value = getattr(self, name)
            if value is not None and value.tzinfo is not UTC:
                object.__setattr__(self, name, _in_utc(value, name))
        if self.end < self.start:
            raise ValueError("an event does not end before it starts")

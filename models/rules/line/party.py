"""One party in line, as the rules need it: a number, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Party:
    """`number`: of the day, drawn out of order. `due_at`: the hour of an appointment; None, somebody walked in.
    `place`: the code of the space that they were called to, or wait for; `by`: the username of whoever has them.
    `reason`: why they come before others, where they do. Of the talk that they came for no more is here than its hour:
    who is party to it is another matter."""

    handle: str
    number: int
    zone: str
    service: str
    arrived_at: datetime
    due_at: datetime | None = None
    quantity: int = 1
    state: str = "waiting"
    state_at: datetime | None = None
    calls: int = 0
    first_called_at: datetime | None = None
    place: str | None = None
    by: str | None = None
    urgent: bool = False
    reason: str | None = None
    id: int = 0

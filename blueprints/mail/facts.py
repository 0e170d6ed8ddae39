"""What the outbox keeps of a booking, read back: see models/actions/record.py, which writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.rules.interval import Interval

CONTENT = ("title", "attendees", "status_reason")


@dataclass(frozen=True, slots=True)
class Told:
    """One booking as its recipient may read of it in a mail. Of a private talk no more than time and space."""

    id: int
    uid: str
    sequence: int
    space: str
    during: Interval
    status: str
    organisation: str
    is_private: bool
    occurrence_at: datetime | None = None
    title: str | None = None
    attendees: int | None = None
    status_reason: str | None = None

    @classmethod
    def of(cls, facts: Mapping) -> Told:
        content = {} if facts["private"] else {name: facts.get(name) for name in CONTENT}
        occurrence_at = facts.get("occurrence_at")
        return cls(
            id=facts["id"], uid=facts["uid"], sequence=facts["sequence"], space=facts["space"],
            during=Interval(datetime.fromisoformat(facts["start"]), datetime.fromisoformat(facts["end"])),
            status=facts["status"], organisation=facts["organisation"], is_private=facts["private"],
            occurrence_at=occurrence_at and datetime.fromisoformat(occurrence_at), **content)

"""What the outbox keeps of a booking, read back: see models/actions/record.py, which writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.rules.refusals import Refusal
from models.rules.times.interval import Interval

CONTENT = ("title", "attendees", "status_reason", "organiser")


@dataclass(frozen=True, slots=True)
class Told:
    """One booking as its recipient may read of it in a mail. Of a private talk no more than time and space. `to_space`,
    `to_during`: where it is asked to go; `why`: it goes, or is asked to."""

    handle: str
    uid: str
    sequence: int
    space: str
    during: Interval
    status: str
    organisation: str | None
    is_private: bool
    occurrence_at: datetime | None = None
    title: str | None = None
    attendees: int | None = None
    status_reason: str | None = None
    organiser: str | None = None
    hold_until: datetime | None = None
    to_space: str | None = None
    to_during: Interval | None = None
    why: tuple[Refusal, ...] = ()

    @classmethod
    def of(cls, facts: Mapping) -> Told:
        content = {} if facts["private"] else {name: facts.get(name) for name in CONTENT}
        occurrence_at, hold_until, to = facts.get("occurrence_at"), facts.get("hold_until"), facts.get("to")
        return cls(
            handle=facts.get("handle") or str(facts["id"]),  # a letter that waited since before there were handles
            uid=facts["uid"],
            sequence=facts["sequence"],
            space=facts["space"],
            during=Interval(datetime.fromisoformat(facts["start"]), datetime.fromisoformat(facts["end"])),
            status=facts["status"],
            organisation=facts["organisation"],
            is_private=facts["private"],
            occurrence_at=occurrence_at and datetime.fromisoformat(occurrence_at),
            hold_until=hold_until and datetime.fromisoformat(hold_until),
            to_space=to and to["space"],
            to_during=to and Interval(datetime.fromisoformat(to["start"]), datetime.fromisoformat(to["end"])),
            why=tuple(Refusal(**each) for each in facts.get("why", ())),
            **content,
        )

"""What a coordinator says of a counter's half-day, and whom they may place there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from models.rules.house.house import House, Space
from models.rules.people.person import Person
from models.rules.people.rights import holds, services_coordinated_by
from models.rules.roster.duties import COUNTER, Duty, HalfDay

Repeat = Literal["once", "weekly", "alternate"]
REPEATS: tuple[Repeat, ...] = ("once", "weekly", "alternate")


@dataclass(frozen=True, slots=True)
class DutyWish:
    """Without a service: no duty; without a person: one that nobody has yet. `repeat`: on this date alone, or from it
    on every week, or every second one. `seen`: what the page showed there, as marked() has it; None: whatever it is."""

    day: date
    half_day: HalfDay
    counter: str
    service: str | None
    person: str | None
    repeat: Repeat = "once"
    seen: str | None = None


def marked(service: str | None, username: str | None) -> str:
    """What tells one state of a half-day from another."""
    return f"{service or ''}/{username or ''}"


def may_place(person: Person, colleague: Person, house: House) -> bool:
    """Coordinators place the people of their services, and themselves."""
    if not holds(person, "set_roster") or not colleague.active or colleague.organisation != person.organisation:
        return False
    own = services_coordinated_by(person, house)
    return bool(own) and (colleague.id == person.id or colleague.service in own)


def counters_for(person: Person, house: House) -> list[Space]:
    """Where people of somebody's organisation can be on duty, in the order of the house."""
    return [
        space
        for space in house.spaces.values()
        if space.sort == COUNTER and (not space.bookable_by or person.organisation in space.bookable_by)
    ]


def is_anothers(duty: Duty | None, coordinated: frozenset[str]) -> bool:
    """A duty for a service that somebody else coordinates."""
    return duty is not None and duty.service not in coordinated

"""What the house announces: which dates and places it is about, whom it concerns, and who may say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.rules.house.house import House, Names, Space
from models.rules.people.person import Person
from models.rules.people.rights import DESK_STAFF, holds

LEVELS = ("info", "warning")
SCOPES = ("building", "floor", "zone")


@dataclass(frozen=True, slots=True)
class Announcement:
    """`scope_type` and `scope_code` None: about every building. `last` is the last date it is about."""

    id: int
    texts: Names
    scope_type: str | None
    scope_code: str | None
    level: str
    first: date
    last: date
    version: int = 1

    @property
    def scope(self) -> str:
        return f"{self.scope_type}:{self.scope_code}" if self.scope_type else ""

    def is_about(self, first: date, last: date) -> bool:
        """Whether one of the dates from `first` to `last` is among its own."""
        return self.first <= last and first <= self.last

    def concerns(self, space: Space) -> bool:
        return self.scope_type is None or getattr(space, self.scope_type) == self.scope_code


def concerning(
    announcements: Iterable[Announcement], spaces: Iterable[Space], first: date, last: date
) -> tuple[Announcement, ...]:
    """Those about one of these spaces on one of these dates: warnings first, then by date."""
    then = [each for each in announcements if each.is_about(first, last)]
    spaces = list(spaces) if then else []
    found = [each for each in then if any(each.concerns(space) for space in spaces)]
    return tuple(sorted(found, key=lambda each: (each.level != "warning", each.first, each.id)))


def may_announce(person: Person | None, scope: str, house: House) -> bool:
    """Reception and facility management about anything, a partner's administrator about the zones of its own."""
    if person is None or not holds(person, "announce"):
        return False
    if person.roles & DESK_STAFF:
        return True
    kind, _colon, code = scope.partition(":")
    zone = house.zones.get(code) if kind == "zone" else None
    return zone is not None and zone.owner == person.organisation

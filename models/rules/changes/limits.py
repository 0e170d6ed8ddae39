"""The most people at one moment in a zone, a floor or a building."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.rules.changes.change import Change
from models.rules.house.house import House
from models.rules.house.timeline import changed_from, held_on
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.refusals import NotAllowed, checked_value
from models.rules.values import PEOPLE


@dataclass(frozen=True, slots=True)
class SetLimit(Change):
    """None lifts it."""

    max_persons: int | None

    def check_may(self, house: House, person: Person) -> None:
        if not holds(person, "set_limits"):
            raise NotAllowed("set_limits")

    def check(self, house: House) -> None:
        checked_value("max_persons", PEOPLE, self.max_persons, may_be_empty=True)

    def imagined(self, house: House) -> House:
        changed = changed_from(
            house.limits.get(self.place, ()), self.since, self.last, lambda _held: self.max_persons, held=held_on
        )
        return replace(house, limits={**house.limits, (self.place.sort, self.place.code): changed})

    def said(self) -> dict[str, object]:
        return {"max_persons": self.max_persons}

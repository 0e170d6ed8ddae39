"""What does not work, and what works again: items of a space, or a building's lift."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from models.rules.changes.change import Change, owner_of, spaces_in
from models.rules.changes.spaces import with_composites
from models.rules.house.house import House, Outage
from models.rules.house.timeline import A_DAY
from models.rules.people.person import Person
from models.rules.people.rights import may_set_capacity_of
from models.rules.refusals import BadRequest, NotAllowed
from models.rules.values import Scope

LIFT = "lift"
SPACE_ITEMS = frozenset({"hearing_loop", "panic_button", "ventilation"})


@dataclass(frozen=True, slots=True)
class _OfItems(Change):
    items: tuple[str, ...]

    said_as: ClassVar[str]

    def check_may(self, house: House, person: Person) -> None:
        if not may_set_capacity_of(person, owner_of(self.place, house)):
            raise NotAllowed("set_space_capacity")

    def check(self, house: House) -> None:
        if not self.items:
            raise BadRequest(self.said_as, "required")
        if not items_of(self.place, house).issuperset(self.items):
            raise BadRequest(self.said_as, "unknown_choice")

    def spaces(self, house: House) -> frozenset[str]:
        return with_composites(house, self.code) if self.place.sort == "space" else spaces_in(self.place, house)

    def said(self) -> dict[str, object]:
        return {self.said_as: list(self.items)}


@dataclass(frozen=True, slots=True)
class Break(_OfItems):
    """They do not work, from its first day to its last, or until they are mended."""

    said_as: ClassVar[str] = "out_of_service"

    def imagined(self, house: House) -> House:
        return replace(
            house, outages=(*house.outages, *(Outage(*self.place, item, self.since, self.last) for item in self.items))
        )


@dataclass(frozen=True, slots=True)
class Mend(_OfItems):
    """From its first day on; what was planned to fail later does not."""

    said_as: ClassVar[str] = "in_service"

    def check(self, house: House) -> None:
        _OfItems.check(self, house)
        if self.last is not None:
            raise BadRequest(self.said_as, "for_good")

    def imagined(self, house: House) -> House:
        return replace(house, outages=tuple(left for outage in house.outages if (left := self._left_of(outage))))

    def _left_of(self, outage: Outage) -> Outage | None:
        """What remains of an outage: the days before, or nothing."""
        if (outage.scope, outage.code) != self.place or outage.item not in self.items:
            return outage
        if outage.valid_from >= self.since:
            return None
        before = self.since - A_DAY
        return replace(outage, valid_to=before if outage.valid_to is None else min(outage.valid_to, before))


def items_of(place: Scope, house: House) -> frozenset[str]:
    """What of a space or a building may be out of service."""
    return SPACE_ITEMS | frozenset(house.spaces[place.code].equipment) if place.sort == "space" else frozenset({LIFT})

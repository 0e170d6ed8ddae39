"""A change of the house: where, what, from when until when; and the house as it would be then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from models.rules.house.house import House
from models.rules.house.rule_parameters import RULE_CODES
from models.rules.people.person import Person
from models.rules.refusals import BadRequest
from models.rules.values import Scope


@dataclass(frozen=True, slots=True)
class Change:
    """`place`: of what something becomes otherwise. `first`, `last`: the days on which it does, both included; without
    a first one from today on, without a last one for good.

    Each sort of change says what it needs of the house and of whoever makes it (check_may() raises NotAllowed, check()
    BadRequest with the name of its field), what the house would be, and which bookings it may touch.
    """

    place: Scope
    first: date | None = field(default=None, kw_only=True)
    last: date | None = field(default=None, kw_only=True)

    @property
    def since(self) -> date:
        """The day on which it begins, of one that was checked."""
        assert self.first is not None, "only checked() knows today"
        return self.first

    @property
    def until(self) -> date | None:
        """The last day that it is about; None: it is for good."""
        return self.last

    @property
    def organisations(self) -> frozenset[str]:
        """Whose bookings it may touch; none: everybody's."""
        return frozenset()

    @property
    def code(self) -> str:
        return self.place.code

    @property
    def kept_as(self) -> tuple[str, str]:
        """The thing that the log knows it by, and its code."""
        return self.place

    def checked(self, house: House, person: Person, today: date, made_on: date | None = None) -> Self:
        """The same with the day on which it begins, where this person may make it and it makes sense."""
        if is_known(self.place, house):
            replace(self, first=max(self.first or today, today)).check_may(house, person)
        return self.sound(house, today, made_on)

    def sound(self, house: House, today: date, made_on: date | None = None) -> Self:
        """The same whoever makes it. `made_on`: when it was thought of; a day since then that is over counts as
        today."""
        if not is_known(self.place, house):
            raise BadRequest("scope", "unknown_code")
        change = replace(self, first=max(self.first or today, today))
        if self.first is not None and self.first < (made_on or today):
            raise BadRequest("from", "in_the_past")
        if self.last is not None and self.last < change.since:
            raise BadRequest("to", "ends_before_start")
        change.check(house)
        return change

    def dated(self, made_on: date, house: House) -> Self:
        """The same with the day on which it begins, whether it still makes sense or not."""
        return replace(self, first=self.first or made_on)

    def check_may(self, house: House, person: Person) -> None:
        raise NotImplementedError

    def check(self, house: House) -> None:
        raise NotImplementedError

    def imagined(self, house: House) -> House:
        raise NotImplementedError

    def spaces(self, house: House) -> frozenset[str]:
        """Where it may touch a booking."""
        return spaces_in(self.place, house)

    def said(self) -> dict[str, object]:
        """What it says, as JSON holds it: the members of `set` in a plan."""
        raise NotImplementedError

    def in_its_plan(self, name: str) -> str:
        """Where a field of it stands in the change of a plan."""
        return name if name in ("scope", "from", "to") else f"set.{name}"


def is_known(place: Scope, house: House) -> bool:
    """Whether the house has what is named; its rules and the municipality itself have names, too."""
    known = {**house.by_sort, "rule": RULE_CODES, "municipality": (house.code,)}
    return place.code in known.get(place.sort, ())


def owner_of(place: Scope, house: House) -> str | None:
    """The organisation whose place it is; None for what belongs to the whole house."""
    if place.sort == "zone":
        return house.zones[place.code].owner
    return house.spaces[place.code].owner if place.sort == "space" else None


def spaces_in(place: Scope, house: House) -> frozenset[str]:
    """The codes of the spaces that lie in a place; in a space lies itself."""
    sort, code = place
    return (
        frozenset({code})
        if sort == "space"
        else frozenset(space.code for space in house.spaces.values() if getattr(space, sort) == code)
    )


def imagined(changes: Iterable[Change], house: House) -> House:
    """The house once all of them hold."""
    for change in changes:
        house = change.imagined(house)
    return house

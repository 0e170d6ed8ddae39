"""A change of the house as a plan holds it: where, what, from when until when; and the house as it would be then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from models.rules.closing import ClosureWish, if_closed
from models.rules.hours_change import WeekChange, WeekRow, if_week_set, spaces_of
from models.rules.house import House, Outage
from models.rules.place_wishes import composites_with
from models.rules.policy import SpacePolicy
from models.rules.policy_change import PolicyChange
from models.rules.request import BookingRequest
from models.rules.rule_change import if_rule_changed
from models.rules.what_if import UNCHANGED, CapacityChange, if_capacity_changed, if_limited

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """`scope`: such as floor:F1. `first`, `last`: the days on which it holds, both included; None: for good."""

    sort: ClassVar[str] = ""
    scope: str
    first: date
    last: date | None

    @property
    def place(self) -> tuple[str, str]:
        sort, _, code = self.scope.partition(":")
        return sort, code

    @property
    def code(self) -> str:
        return self.place[1]

    @property
    def organisations(self) -> frozenset[str]:
        """Whose bookings it may touch; none: everybody's."""
        return frozenset()

    def imagined(self, house: House) -> House:
        raise NotImplementedError

    def spaces(self, house: House) -> frozenset[str]:
        """Where it may touch a booking: a space, and whatever takes that space along."""
        return frozenset({self.code, *(each.code for each in composites_with(house, self.code))})


@dataclass(frozen=True, slots=True)
class Capacity(Change):
    """As CapacityChange."""

    sort: ClassVar[str] = "capacity"
    ceiling: int | None | object
    capacities: Mapping[str, int | None] | None

    def wish(self, reason: str) -> CapacityChange:
        return CapacityChange(reason, self.first, self.ceiling, self.capacities, self.last)

    def imagined(self, house: House) -> House:
        return if_capacity_changed(house, self.code, self.wish(""), self.first)


@dataclass(frozen=True, slots=True)
class Policy(Change):
    """`values`: as PolicyChange."""

    sort: ClassVar[str] = "policy"
    values: Mapping[str, object]

    def wish(self, reason: str) -> PolicyChange:
        return PolicyChange(reason, self.values, self.first, self.last)

    def imagined(self, house: House) -> House:
        return if_capacity_changed(house, self.code, self.wish(""), self.first)


@dataclass(frozen=True, slots=True)
class Active(Change):
    """In use or not; as retire_space() and restore_space() write it."""

    sort: ClassVar[str] = "active"
    active: bool

    def imagined(self, house: House) -> House:
        return if_capacity_changed(house, self.code, _InUse(self.active, self.last), self.first)


@dataclass(frozen=True, slots=True)
class _InUse:
    active: bool
    valid_to: date | None

    def applied_to(self, policy: SpacePolicy) -> SpacePolicy:
        return replace(policy, active=self.active)


@dataclass(frozen=True, slots=True)
class Outages(Change):
    """Items of a space, or a building's lift, do not work."""

    sort: ClassVar[str] = "outage"
    items: tuple[str, ...]

    def imagined(self, house: House) -> House:
        sort, code = self.place
        return replace(house, outages=(*house.outages, *(Outage(sort, code, item, self.first, self.last)
                                                         for item in self.items)))

    def spaces(self, house: House) -> frozenset[str]:
        return _spaces_with_items(self, house)


@dataclass(frozen=True, slots=True)
class Mended(Change):
    """They work again from its first day on."""

    sort: ClassVar[str] = "mended"
    items: tuple[str, ...]

    def imagined(self, house: House) -> House:
        return replace(house, outages=tuple(left for outage in house.outages if (left := self.left_of(outage))))

    def left_of(self, outage: Outage) -> Outage | None:
        """What remains of an outage: the days before, or nothing."""
        if (outage.scope, outage.code) != self.place or outage.item not in self.items:
            return outage
        if outage.valid_from >= self.first:
            return None
        before = self.first - A_DAY
        return replace(outage, valid_to=before if outage.valid_to is None else min(outage.valid_to, before))

    def spaces(self, house: House) -> frozenset[str]:
        return _spaces_with_items(self, house)


@dataclass(frozen=True, slots=True)
class Limit(Change):
    """The most people in a zone, floor or building; None lifts it."""

    sort: ClassVar[str] = "limit"
    max_persons: int | None

    def imagined(self, house: House) -> House:
        return if_limited(house, *self.place, self.max_persons, self.first, self.last)

    def spaces(self, house: House) -> frozenset[str]:
        return _spaces_in(self.place, house)


@dataclass(frozen=True, slots=True)
class Week(Change):
    """The whole week of opening hours of a building, zone or space."""

    sort: ClassVar[str] = "hours"
    rows: tuple[WeekRow, ...]

    def wish(self, reason: str) -> WeekChange:
        return WeekChange(self.place, self.rows, reason, self.first, self.last)

    def imagined(self, house: House) -> House:
        return if_week_set(house, self.wish(""), self.first)

    def spaces(self, house: House) -> frozenset[str]:
        return frozenset(spaces_of(self.place, house))


@dataclass(frozen=True, slots=True)
class Closing(Change):
    """An organisation, or everybody, closed on each of its days."""

    sort: ClassVar[str] = "closure"
    wish: ClosureWish

    @property
    def organisations(self) -> frozenset[str]:
        return self.wish.organisations

    def imagined(self, house: House) -> House:
        return if_closed(house, self.wish.closures())

    def spaces(self, house: House) -> frozenset[str]:
        return frozenset(house.spaces)


@dataclass(frozen=True, slots=True)
class RuleSet(Change):
    """`values`: mode, parameter, applies_to of a rule, as set_rule() takes them."""

    sort: ClassVar[str] = "rule"
    values: Mapping[str, object]

    def imagined(self, house: House) -> House:
        return if_rule_changed(house, self.code, self.values, self.first, self.last)

    def spaces(self, house: House) -> frozenset[str]:
        return frozenset(house.spaces)


@dataclass(frozen=True, slots=True)
class Claim(Change):
    """A space on its day, taken or not, in the name of a body that comes before its holders. The house stays as it
    is: they leave, and the booking comes."""

    sort: ClassVar[str] = "claim"
    precedence: str
    request: BookingRequest

    def imagined(self, house: House) -> House:
        return house


def claim_in(changes: Iterable[Change]) -> Claim | None:
    """The claim of a plan that is one: a claim stands alone in its plan."""
    return next((each for each in changes if isinstance(each, Claim)), None)


def imagined(changes: Iterable[Change], house: House) -> House:
    """The house once all of them hold."""
    for change in changes:
        house = change.imagined(house)
    return house


def _spaces_with_items(change: Change, house: House) -> frozenset[str]:
    if change.place[0] == "space":
        return Change.spaces(change, house)
    return _spaces_in(change.place, house)


def _spaces_in(place: tuple[str, str], house: House) -> frozenset[str]:
    sort, code = place
    return frozenset(space.code for space in house.spaces.values() if getattr(space, sort) == code)


__all__ = ["UNCHANGED", "Active", "Capacity", "Change", "Claim", "Closing", "Limit", "Mended", "Outages", "Policy",
           "RuleSet", "Week", "claim_in", "imagined"]

"""Many spaces changed at once: for each what is to be otherwise, and the house as it would be then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from models.rules.house import House
from models.rules.policy import SpacePolicy
from models.rules.policy_change import PolicyChange, stated
from models.rules.what_if import UNCHANGED, CapacityChange, if_capacity_changed


@dataclass(frozen=True, slots=True)
class UseChange:
    """In or out of use from a date on."""

    active: bool
    valid_to: date | None = None

    def applied_to(self, policy: SpacePolicy) -> SpacePolicy:
        return replace(policy, active=self.active)


@dataclass(frozen=True, slots=True)
class SpaceChange:
    """`rules`: by the names of SpacePolicy. `active` None: in use or not as it is."""

    ceiling: int | None | object = UNCHANGED
    capacities: Mapping[str, int | None] = field(default_factory=dict)
    rules: Mapping[str, object] = field(default_factory=dict)
    active: bool | None = None

    def capacity(self, reason: str, day: date) -> CapacityChange | None:
        if self.ceiling is UNCHANGED and not self.capacities:
            return None
        return CapacityChange(reason, day, self.ceiling, self.capacities)

    def policy(self, reason: str, day: date) -> PolicyChange | None:
        return PolicyChange(reason, self.rules, day) if self.rules else None

    def parts(self, reason: str, day: date) -> Iterator[CapacityChange | PolicyChange | UseChange]:
        yield from filter(None, (self.capacity(reason, day), self.policy(reason, day)))
        if self.active is not None:
            yield UseChange(self.active)


@dataclass(frozen=True, slots=True)
class ManyChanges:
    reason: str
    spaces: Mapping[str, SpaceChange]
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Turned:
    """One thing of a space that becomes otherwise: `ceiling`, `active`, a rule, or `places:<layout>`."""

    space: str
    name: str
    before: object
    after: object


def narrowed(wish: ManyChanges, house: House, day: date) -> ManyChanges:
    """Without what is as wished already on that day, and without the spaces of which nothing is left."""
    found = {code: _narrowed(change, policy_kept(house, code, day)) for code, change in wish.spaces.items()
             if code in house.spaces}
    unknown = {code: change for code, change in wish.spaces.items() if code not in house.spaces}
    return replace(wish, spaces=unknown | {code: change for code, change in found.items() if change != SpaceChange()})


def if_many_changed(house: House, wish: ManyChanges, day: date) -> House:
    for code, change in wish.spaces.items():
        for part in change.parts(wish.reason, day):
            house = if_capacity_changed(house, code, part, day)
    return house


def turned(wish: ManyChanges, house: House, day: date) -> tuple[Turned, ...]:
    """What of each space becomes otherwise from that day on, in the order of the wish."""
    after = if_many_changed(house, wish, day)
    return tuple(each for code in wish.spaces
                 for each in _turned(code, policy_kept(house, code, day), policy_kept(after, code, day)))


def policy_kept(house: House, space: str, day: date) -> SpacePolicy:
    """The policy as it was set, whatever is broken or capped that day."""
    timeline = house.policies[space]
    return next((policy for since, policy in reversed(timeline) if since <= day), timeline[0][1])


def _narrowed(change: SpaceChange, policy: SpacePolicy) -> SpaceChange:
    present = stated(policy)
    return SpaceChange(
        UNCHANGED if change.ceiling == policy.ceiling else change.ceiling,
        {layout: places for layout, places in change.capacities.items() if policy.capacities.get(layout) != places},
        {name: value for name, value in change.rules.items() if name not in present or present[name] != value},
        None if change.active == policy.active else change.active)


def _turned(code: str, before: SpacePolicy, after: SpacePolicy) -> Iterator[Turned]:
    one, other = _told(before), _told(after)
    for name in dict.fromkeys([*one, *other]):
        if one.get(name) != other.get(name):
            yield Turned(code, name, one.get(name), other.get(name))


def _told(policy: SpacePolicy) -> dict[str, object]:
    return {**{f"places:{layout}": places for layout, places in sorted(policy.capacities.items())},
            "ceiling": policy.ceiling, "active": policy.active, **dict(sorted(stated(policy).items()))}

"""What of spaces becomes otherwise by some changes: each thing with its value before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from models.rules.changes.change import imagined
from models.rules.changes.spaces import OfASpace, policy_kept, stated
from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy


@dataclass(frozen=True, slots=True)
class Turned:
    """One thing of a space that becomes otherwise: `ceiling`, `active`, a rule, or `places:<layout>`."""

    space: str
    name: str
    before: object
    after: object


def narrowed(changes: Iterable[OfASpace], house: House, day: date) -> tuple[OfASpace, ...]:
    """Without what is so already on that day."""
    left = (change.beyond(policy_kept(house, change.code, day)) for change in changes)
    return tuple(filter(None, left))


def turned(changes: Iterable[OfASpace], house: House, day: date) -> tuple[Turned, ...]:
    """What of each space becomes otherwise from that day on, in the order of the changes."""
    changes = [replace(change, first=day) for change in changes]
    after = imagined(changes, house)
    return tuple(
        each
        for code in dict.fromkeys(change.code for change in changes)
        for each in _turned(code, policy_kept(house, code, day), policy_kept(after, code, day))
    )


def _turned(code: str, before: SpacePolicy, after: SpacePolicy) -> Iterator[Turned]:
    one, other = _told(before), _told(after)
    for name in dict.fromkeys([*one, *other]):
        if one.get(name) != other.get(name):
            yield Turned(code, name, one.get(name), other.get(name))


def _told(policy: SpacePolicy) -> dict[str, object]:
    return {
        **{f"places:{layout}": places for layout, places in sorted(policy.capacities.items())},
        "ceiling": policy.ceiling,
        "active": policy.active,
        **dict(sorted(stated(policy).items())),
    }

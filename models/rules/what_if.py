"""The house as it would be after a change of capacity or limit, so that its effects show before anybody saves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from models.rules.discretion import Booked
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.policy import SpacePolicy

UNCHANGED = object()


@dataclass(frozen=True, slots=True)
class CapacityChange:
    """`ceiling`: over every layout, None lifts it. `capacities`: single layouts, None no longer offers one."""

    reason: str
    valid_from: date | None = None
    ceiling: int | None | object = UNCHANGED
    capacities: Mapping[str, int | None] | None = None

    def applied_to(self, policy: SpacePolicy) -> SpacePolicy:
        places = {**policy.capacities, **(self.capacities or {})}
        return replace(policy, ceiling=policy.ceiling if self.ceiling is UNCHANGED else self.ceiling,
                       capacities={layout: number for layout, number in places.items() if number is not None})


def if_capacity_changed(house: House, space: str, change: CapacityChange, day: date) -> House:
    """Its policy changed from `day` on; changes already planned for later keep everything but what is set here."""
    timeline = house.policies[space]
    current = next((policy for since, policy in reversed(timeline) if since <= day), timeline[0][1])
    changed = _from(day, timeline, change.applied_to(current), change.applied_to)
    return replace(house, policies={**house.policies, space: changed})


def if_limited(house: House, scope: str, code: str, max_persons: int | None, day: date) -> House:
    """The limit of a zone, floor or building set from `day` on."""
    changed = _from(day, house.limits.get((scope, code), ()), max_persons, lambda _later: max_persons)
    return replace(house, limits={**house.limits, (scope, code): changed})


def recounted(bookings: Iterable[Booked], house: House) -> list[Booked]:
    """The same bookings with those of unknown attendance counted for the places that their layout has in this house."""
    counted = []
    for booking in bookings:
        if booking.attendees is None:
            policy = house.policy(booking.space, civil_date(booking.during.start, house.zone))
            booking = booking._replace(persons=policy.persons(None, booking.layout))
        counted.append(booking)
    return counted


def _from(day: date, timeline: tuple, first, later: Callable) -> tuple:
    before = tuple(entry for entry in timeline if entry[0] < day)
    after = tuple((since, later(value)) for since, value in timeline if since > day)
    return (*before, (day, first), *after)

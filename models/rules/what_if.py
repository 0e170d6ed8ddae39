"""The house as it would be after a change of capacity or limit, so that its effects show before anybody saves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.rules.discretion import Booked
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.policy import SpacePolicy

UNCHANGED = object()


@dataclass(frozen=True, slots=True)
class CapacityChange:
    """`ceiling`: over every layout, None lifts it. `capacities`: single layouts, None no longer offers one.
    `valid_to`: its last day; on the next holds what would have held anyway. None: for good."""

    reason: str
    valid_from: date | None = None
    ceiling: int | None | object = UNCHANGED
    capacities: Mapping[str, int | None] | None = None
    valid_to: date | None = None

    def applied_to(self, policy: SpacePolicy) -> SpacePolicy:
        places = {**policy.capacities, **(self.capacities or {})}
        return replace(policy, ceiling=policy.ceiling if self.ceiling is UNCHANGED else self.ceiling,
                       capacities={layout: number for layout, number in places.items() if number is not None})


def if_capacity_changed(house: House, space: str, change: CapacityChange, day: date) -> House:
    """Its policy changed from `day` on; changes already planned for later keep everything but what is set here."""
    timeline = house.policies[space]
    current = next((policy for since, policy in reversed(timeline) if since <= day), timeline[0][1])
    changed = _from(day, change.valid_to, timeline, change.applied_to(current), change.applied_to, timeline[0][1])
    return replace(house, policies={**house.policies, space: changed})


def if_limited(house: House, scope: str, code: str, max_persons: int | None, day: date,
               last: date | None = None) -> House:
    """The limit of a zone, floor or building set from `day` on, through `last` where there is one."""
    changed = _from(day, last, house.limits.get((scope, code), ()), max_persons, lambda _later: max_persons)
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


def _from(day: date, last: date | None, timeline: tuple, first, later: Callable, otherwise=None) -> tuple:
    """`otherwise`: what holds before the first entry."""
    changed = {since: value for since, value in timeline if since < day}
    changed[day] = first
    for since, value in timeline:
        if since > day:
            changed[since] = later(value) if last is None or since <= last else value
    if last is not None:
        after = last + timedelta(days=1)
        changed.setdefault(after, next((value for since, value in reversed(timeline) if since <= after), otherwise))
    return tuple(sorted(changed.items(), key=lambda entry: entry[0]))

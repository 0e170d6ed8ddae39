"""How many people a space may hold, how it is booked, whether it is in use: from a day on, or for a while."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from typing import Final, Self

from models.rules.bookings.fields import Booked
from models.rules.changes.change import Change
from models.rules.changes.place_wishes import composites_with
from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.house.timeline import changed_from, held_or_first
from models.rules.people.person import ROLES, Person
from models.rules.people.rights import holds, may_edit_space, may_set_capacity_of
from models.rules.refusals import BadRequest, NotAllowed, checked_value
from models.rules.times.interval import civil_date
from models.rules.values import CODE, FLAG, MINUTES, PEOPLE, AnyValue, Flag, OneOf, Whole


class Unchanged(Enum):
    """Stands for a value of which nothing is said: None says something."""

    UNCHANGED = 0


UNCHANGED: Final = Unchanged.UNCHANGED
LONGEST_LAYOUT = 40
RULES: Mapping[str, AnyValue] = {
    "slot_minutes": MINUTES,
    "min_minutes": Whole(1, MINUTES.most),
    "max_minutes": Whole(1, MINUTES.most),
    "buffer_before": MINUTES,
    "buffer_after": MINUTES,
    "advance_days": Whole(0, 3660),
    "auto_release_minutes": MINUTES,
    "after_hours_allowed": FLAG,
    "default_layout": CODE,
    "min_attendees": PEOPLE,
    "approval_role": OneOf(ROLES),
    "approval_for": OneOf(("all", "outside")),
    "privacy_default": OneOf(("busy", "title", "public")),
    "accessible": FLAG,
    "wheelchair_places": Whole(0, 1000),
    "panic_button": FLAG,
    "sightline": FLAG,
    "fire_max": PEOPLE,
    "ventilation_m3h": Whole(0, 10_000_000),
    "air_level": OneOf(("A", "B")),
}
RANGES = {name: value for name, value in RULES.items() if isinstance(value, Whole)}
FLAGS = tuple(name for name, value in RULES.items() if isinstance(value, Flag))
MAY_BE_EMPTY = frozenset({"fire_max", "ventilation_m3h", "approval_role"})
BUFFERS = frozenset({"buffer_before", "buffer_after"})
SAFETY = frozenset({"fire_max", "ventilation_m3h", "air_level"})
HOUSE_RULES = frozenset(RULES) - SAFETY


@dataclass(frozen=True, slots=True)
class OfASpace(Change):
    """Something of its policy."""

    def applied_to(self, policy: SpacePolicy) -> SpacePolicy:
        raise NotImplementedError

    def beyond(self, policy: SpacePolicy) -> Self | None:
        """What of it is not so already in this policy; None: nothing."""
        raise NotImplementedError

    def imagined(self, house: House) -> House:
        changed = changed_from(house.policies[self.code], self.since, self.last, self.applied_to)
        return replace(house, policies={**house.policies, self.code: changed})

    def spaces(self, house: House) -> frozenset[str]:
        return with_composites(house, self.code)


@dataclass(frozen=True, slots=True)
class SetCapacity(OfASpace):
    """`ceiling`: over every layout, None lifts it. `capacities`: single layouts, None no longer offers one."""

    ceiling: int | Unchanged | None = UNCHANGED
    capacities: Mapping[str, int | None] = field(default_factory=dict)

    def check_may(self, house: House, person: Person) -> None:
        if not may_set_capacity_of(person, house.spaces[self.code].owner):
            raise NotAllowed("set_space_capacity")

    def check(self, house: House) -> None:
        policy = house.policy(self.code, self.since)
        if self.ceiling is UNCHANGED and not self.capacities:
            raise BadRequest("capacity", "required")
        if self.ceiling is not UNCHANGED:
            checked_value("capacity", PEOPLE, self.ceiling, may_be_empty=True)
        for layout, places in self.capacities.items():
            if not layout.replace("_", "").isalnum() or not layout.isascii() or len(layout) > LONGEST_LAYOUT:
                raise BadRequest("capacities", "unknown_code")
            checked_value(f"capacities.{layout}", PEOPLE, places, may_be_empty=True)
            if places is not None and policy.fire_max is not None and places > policy.fire_max:
                raise BadRequest(f"capacities.{layout}", "above_fire_max", most=policy.fire_max)
            if places is None and layout == policy.default_layout:
                raise BadRequest(f"capacities.{layout}", "default_layout")

    def applied_to(self, policy: SpacePolicy) -> SpacePolicy:
        places = {**policy.capacities, **self.capacities}
        return replace(
            policy,
            ceiling=policy.ceiling if self.ceiling is UNCHANGED else self.ceiling,
            capacities={layout: number for layout, number in places.items() if number is not None},
        )

    def beyond(self, policy: SpacePolicy) -> Self | None:
        left = replace(
            self,
            ceiling=UNCHANGED if self.ceiling == policy.ceiling else self.ceiling,
            capacities={
                layout: places for layout, places in self.capacities.items() if policy.capacities.get(layout) != places
            },
        )
        return None if left.ceiling is UNCHANGED and not left.capacities else left

    def said(self) -> dict[str, object]:
        ceiling = {} if self.ceiling is UNCHANGED else {"capacity": self.ceiling}
        return ceiling | ({"capacities": dict(self.capacities)} if self.capacities else {})


@dataclass(frozen=True, slots=True)
class SetPolicy(OfASpace):
    """`values`: what is to be otherwise, by the names of SpacePolicy; buffers in minutes. Places have their own."""

    values: Mapping[str, object]

    def check_may(self, house: House, person: Person) -> None:
        allowed = rules_set_by(person, house.spaces[self.code].owner)
        if not allowed or not allowed >= self.values.keys():
            raise NotAllowed("edit_places")

    def check(self, house: House) -> None:
        if not self.values:
            raise BadRequest("rules", "required")
        for name, value in self.values.items():
            checked_value(name, RULES[name], value, may_be_empty=name in MAY_BE_EMPTY)
        one_at_a_time = house.policy(self.code, self.since).traits.one_at_a_time
        if "slot_minutes" in self.values and (self.values["slot_minutes"] == 0) is not one_at_a_time:
            raise BadRequest("slot_minutes", "half_days_are_for_desks")
        for since, policy in self.imagined(house).policies[self.code]:
            if since >= self.since:
                _check_together(policy, self.values)

    def applied_to(self, policy: SpacePolicy) -> SpacePolicy:
        values = {
            name: timedelta(minutes=value) if name in BUFFERS and isinstance(value, int) else value
            for name, value in self.values.items()
        }
        return replace(policy, **values)  # type: ignore[arg-type]  # check() has read each by its own kind

    def beyond(self, policy: SpacePolicy) -> Self | None:
        present = stated(policy)
        values = {name: value for name, value in self.values.items() if present.get(name, UNCHANGED) != value}
        return replace(self, values=values) if values else None

    def said(self) -> dict[str, object]:
        return dict(self.values)


@dataclass(frozen=True, slots=True)
class SetUse(OfASpace):
    """In use, by the rules that it had, or out of it: then no booking is taken, and those that stand stay until
    somebody moves them."""

    active: bool

    def check_may(self, house: House, person: Person) -> None:
        if not may_edit_space(person, house.spaces[self.code].owner):
            raise NotAllowed("edit_places")

    def check(self, house: House) -> None:
        if self.active and self.last is not None:
            raise BadRequest("active", "for_good")

    def applied_to(self, policy: SpacePolicy) -> SpacePolicy:
        return replace(policy, active=self.active)

    def beyond(self, policy: SpacePolicy) -> Self | None:
        return None if policy.active == self.active else self

    def said(self) -> dict[str, object]:
        return {"active": self.active}


def with_composites(house: House, space: str) -> frozenset[str]:
    """A space, and whatever takes it along."""
    return frozenset({space, *(each.code for each in composites_with(house, space))})


def rules_set_by(person: Person | None, owner: str | None) -> frozenset[str]:
    """The rules of a space of this owner that somebody may set: fire and air are for those who set limits."""
    house_rules = HOUSE_RULES if may_edit_space(person, owner) else frozenset()
    return house_rules | (SAFETY if holds(person, "set_limits") else frozenset())


def stated(policy: SpacePolicy) -> dict[str, object]:
    """The rules as a change would say them."""
    return {
        name: getattr(policy, name) // timedelta(minutes=1) if name in BUFFERS else getattr(policy, name)
        for name in RULES
    }


def policy_kept(house: House, space: str, day: date) -> SpacePolicy:
    """The policy as it was set, whatever is broken or capped that day."""
    return held_or_first(house.policies[space], day)


def recounted(bookings: Iterable[Booked], house: House) -> list[Booked]:
    """The same bookings with those of unknown attendance counted for the places that their layout has in this house."""
    counted = []
    for booking in bookings:
        if booking.attendees is None:
            policy = house.policy(booking.space, civil_date(booking.during.start, house.zone))
            booking = booking._replace(persons=policy.persons(None, booking.layout))
        counted.append(booking)
    return counted


def _check_together(policy: SpacePolicy, changed: Collection[str]) -> None:
    """What no set of rules may say, where a change has to do with it: `policy` as it would be after it."""
    if {"min_minutes", "max_minutes"}.intersection(changed) and policy.max_minutes < policy.min_minutes:
        raise BadRequest("max_minutes", "below_shortest")
    if "default_layout" in changed and policy.default_layout not in policy.capacities:
        raise BadRequest("default_layout", "layout_without_places")
    if {"accessible", "wheelchair_places"}.intersection(changed) and policy.wheelchair_places and not policy.accessible:
        raise BadRequest("wheelchair_places", "not_accessible")

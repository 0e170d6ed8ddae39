"""A space's rules otherwise from a date on: which may be set, to what, and by whom. Places have their own change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.rules.person import ROLES, Person
from models.rules.policy import SpacePolicy, Traits
from models.rules.refusals import BadRequest
from models.rules.rights import holds, may_edit_space

MINUTES_A_DAY = 24 * 60
MOST = 100_000
RANGES: Mapping[str, tuple[int, int]] = {
    "fire_max": (0, MOST), "ventilation_m3h": (0, 10_000_000), "min_attendees": (0, MOST),
    "slot_minutes": (0, MINUTES_A_DAY), "min_minutes": (1, MINUTES_A_DAY), "max_minutes": (1, MINUTES_A_DAY),
    "buffer_before": (0, MINUTES_A_DAY), "buffer_after": (0, MINUTES_A_DAY), "advance_days": (0, 3660),
    "auto_release_minutes": (0, MINUTES_A_DAY), "wheelchair_places": (0, 1000),
}
CHOICES: Mapping[str, tuple[str | None, ...]] = {
    "air_level": ("A", "B"), "approval_for": ("all", "outside"), "privacy_default": ("busy", "title", "public"),
    "approval_role": (None, *ROLES),
}
FLAGS = ("after_hours_allowed", "panic_button", "sightline", "accessible")
MAY_BE_EMPTY = frozenset({"fire_max", "ventilation_m3h"})
BUFFERS = frozenset({"buffer_before", "buffer_after"})
SAFETY = frozenset({"fire_max", "ventilation_m3h", "air_level"})
HOUSE_RULES = (frozenset(RANGES) | frozenset(CHOICES) | frozenset(FLAGS) | {"default_layout"}) - SAFETY


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """`values`: what is to be otherwise, by the names of SpacePolicy; buffers in minutes. `valid_to`: its last day."""

    reason: str
    values: Mapping[str, object]
    valid_from: date | None = None
    valid_to: date | None = None

    def applied_to(self, policy: SpacePolicy) -> SpacePolicy:
        return replace(policy, **{name: timedelta(minutes=value) if name in BUFFERS else value
                                  for name, value in self.values.items()})


def rules_set_by(person: Person | None, owner: str | None) -> frozenset[str]:
    """The rules of a space of this owner that somebody may set: fire and air are for those who set limits."""
    house_rules = HOUSE_RULES if may_edit_space(person, owner) else frozenset()
    return house_rules | (SAFETY if holds(person, "set_limits") else frozenset())


def stated(policy: SpacePolicy) -> dict[str, object]:
    """The rules as a change would say them."""
    return {name: getattr(policy, name) // timedelta(minutes=1) if name in BUFFERS else getattr(policy, name)
            for name in HOUSE_RULES | SAFETY}


def check_values(values: Mapping[str, object], traits: Traits) -> None:
    """Raises BadRequest for a name that is no rule, or a value that it cannot have."""
    for name, value in values.items():
        if name in RANGES:
            _check_number(name, value)
        elif name in CHOICES and value not in CHOICES[name]:
            raise BadRequest(name, "unknown_choice")
        elif name in FLAGS and not isinstance(value, bool):
            raise BadRequest(name, "unknown_choice")
        elif name not in CHOICES and name not in FLAGS and name != "default_layout":
            raise BadRequest(name, "not_changeable")
    if "slot_minutes" in values and (values["slot_minutes"] == 0) is not traits.one_at_a_time:
        raise BadRequest("slot_minutes", "half_days_are_for_desks")


def check_together(policy: SpacePolicy, changed: Collection[str]) -> None:
    """What no set of rules may say, where a change has to do with it: `policy` as it would be after it."""
    if {"min_minutes", "max_minutes"}.intersection(changed) and policy.max_minutes < policy.min_minutes:
        raise BadRequest("max_minutes", "below_shortest")
    if "default_layout" in changed and policy.default_layout not in policy.capacities:
        raise BadRequest("default_layout", "layout_without_places")
    if {"accessible", "wheelchair_places"}.intersection(changed) and policy.wheelchair_places and not policy.accessible:
        raise BadRequest("wheelchair_places", "not_accessible")


def _check_number(name: str, value: object) -> None:
    least, most = RANGES[name]
    if value is None and name in MAY_BE_EMPTY:
        return
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadRequest(name, "out_of_range", least=least, most=most)

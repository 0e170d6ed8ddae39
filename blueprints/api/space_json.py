"""A space as JSON: what it is, and the policy that holds for it on a date."""

from __future__ import annotations

from datetime import date, timedelta

from blueprints.api.place_shapes import Space
from models.rules import house as rules
from models.rules.policy import SpacePolicy

MINUTE = timedelta(minutes=1)


def space_json(space: rules.Space, house: rules.House, day: date, language: str) -> Space:
    policy = house.policy(space.code, day)
    return {
        "code": space.code, "name": space.names.in_language(language), "names": dict(space.names), "kind": space.kind,
        "building": space.building, "floor": space.floor, "zone": space.zone, "organisation": space.owner,
        **_places(policy), "exclusive": space.exclusive, "equipment": list(space.equipment),
        "accessible": policy.accessible, "wheelchair_places": policy.wheelchair_places,
        "min_attendees": policy.min_attendees, "slot_minutes": policy.slot_minutes, "min_minutes": policy.min_minutes,
        "max_minutes": policy.max_minutes, "buffer_before": policy.buffer_before // MINUTE,
        "buffer_after": policy.buffer_after // MINUTE, "advance_days": policy.advance_days,
        "auto_release_minutes": policy.auto_release_minutes, "approval_role": policy.approval_role,
        "approval_for": policy.approval_for, "privacy_default": policy.privacy_default,
        "after_hours_allowed": policy.after_hours_allowed, "panic_button": policy.panic_button,
        "sightline": policy.sightline, "hearing_loop": space.hearing_loop,
        "parts": [part for part in space.parts if part != space.code], "bookable_by": sorted(space.bookable_by),
        "active": policy.active}


def _places(policy: SpacePolicy) -> dict:
    seats = policy.capacities.get(policy.default_layout, 0)
    return {"capacity": seats if policy.ceiling is None else min(seats, policy.ceiling),
            "capacities": dict(sorted(policy.capacities.items())), "default_layout": policy.default_layout,
            "ceiling": policy.ceiling, "effective_capacity": policy.effective_capacity()}

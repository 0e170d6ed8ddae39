"""Spaces, zones, floors, buildings, organisations and services as JSON, as they are today: their names in the caller's
language and in all."""

from __future__ import annotations

from datetime import date, timedelta

from blueprints.api.answers import today
from blueprints.api.place_shapes import Building, Floor, Space, Zone
from blueprints.web.language import language
from models.rules.house import house as rules
from models.rules.values import Scope

MINUTE = timedelta(minutes=1)
IN_THE_HOUSE = {"organisation": "owner", "zone": "home_zone"}  # members that have another name there


def space_json(space: rules.Space, house: rules.House) -> Space:
    """What it is, and the policy that holds for it today."""
    policy = house.policy(space.code, today(house))
    seats = policy.capacities.get(policy.default_layout, 0)
    return shown_as(
        Space,
        space,
        policy,
        equipment=list(space.equipment),
        capacity=seats if policy.ceiling is None else min(seats, policy.ceiling),
        capacities=dict(sorted(policy.capacities.items())),
        effective_capacity=policy.effective_capacity(),
        buffer_before=policy.buffer_before // MINUTE,
        buffer_after=policy.buffer_after // MINUTE,
        parts=[part for part in space.parts if part != space.code],
        bookable_by=sorted(space.bookable_by),
    )


def place_json(place: Scope, house: rules.House) -> Zone | Floor | Building:
    """With the limit that holds today."""
    form, places = {
        "zone": (Zone, house.zones),
        "floor": (Floor, house.floors),
        "building": (Building, house.buildings),
    }[place.sort]
    return shown_as(
        form,
        places[place.code],
        max_persons=house.limit(place.sort, place.code, today(house)),
        time_zone=house.zone.key,
    )


def shown_as(form: type, *things, **written: object) -> dict:
    """Each member of its form as the first of the things has it that has one, but for what is `written` otherwise."""
    names = things[0].names
    written |= {"name": names.in_language(language()), "names": dict(names)}
    return {
        member: written[member] if member in written else _as_json(member, things) for member in form.__annotations__
    }


def _as_json(member: str, things: tuple) -> object:
    value = next(
        getattr(each, name)
        for name in (member, IN_THE_HOUSE.get(member, member))
        for each in things
        if hasattr(each, name)
    )
    return value.isoformat() if isinstance(value, date) else value

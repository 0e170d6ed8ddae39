"""Spaces, zones, floors, buildings, organisations and services as JSON, as they are today: their names in the caller's
language and in all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from blueprints.api.answers import today
from blueprints.api.place_shapes import Building, Floor, Space, Zone
from blueprints.web.language import language
from models.queries.house import the_house
from models.rules.house import house as rules
from models.rules.refusals import NotFound
from models.rules.values import Scope

Form = TypeVar("Form")
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
    most = house.limit(place.sort, place.code, today(house))
    if place.sort == "zone":
        return shown_as(Zone, house.zones[place.code], max_persons=most)
    if place.sort == "floor":
        return shown_as(Floor, house.floors[place.code], max_persons=most)
    return shown_as(Building, house.buildings[place.code], max_persons=most, time_zone=house.zone.key)


def space_under(code: str) -> Space:
    """Raises NotFound."""
    house = the_house()
    if code not in house.spaces:
        raise NotFound
    return space_json(house.spaces[code], house)


def place_under(place: Scope) -> Zone | Floor | Building:
    """Raises NotFound."""
    house = the_house()
    if place.code not in {"zone": house.zones, "floor": house.floors, "building": house.buildings}[place.sort]:
        raise NotFound
    return place_json(place, house)


def shown_as(form: type[Form], thing: rules.Thing, *more: object, **written: object) -> Form:
    """Each member of its form as the first of these has it that has one, but for what is `written` otherwise."""
    written |= {"name": thing.names.in_language(language()), "names": dict(thing.names)}
    return {  # type: ignore[return-value]  # at run time a TypedDict is its members' names
        member: written[member] if member in written else _as_json(member, (thing, *more))
        for member in form.__annotations__
    }


def _as_json(member: str, things: tuple[object, ...]) -> object:
    value = next(
        getattr(each, name)
        for name in (member, IN_THE_HOUSE.get(member, member))
        for each in things
        if hasattr(each, name)
    )
    return value.isoformat() if isinstance(value, date) else value

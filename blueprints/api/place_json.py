"""Spaces, zones, floors, buildings, organisations and services as JSON, as they are today: their names in the caller's
language and in all."""

from __future__ import annotations

from datetime import date, timedelta

from blueprints.api.answers import today
from blueprints.api.place_shapes import Building, Floor, Organisation, Service, Space, Zone
from blueprints.web.language import language
from models.rules import house as rules

MINUTE = timedelta(minutes=1)


def space_json(space: rules.Space, house: rules.House) -> Space:
    """What it is, and the policy that holds for it today."""
    policy = house.policy(space.code, today(house))
    seats = policy.capacities.get(policy.default_layout, 0)
    return _shown(
        Space, space, policy, organisation=space.owner, equipment=list(space.equipment),
        capacity=seats if policy.ceiling is None else min(seats, policy.ceiling),
        capacities=dict(sorted(policy.capacities.items())), effective_capacity=policy.effective_capacity(),
        buffer_before=policy.buffer_before // MINUTE, buffer_after=policy.buffer_after // MINUTE,
        parts=[part for part in space.parts if part != space.code], bookable_by=sorted(space.bookable_by))


def zone_json(zone: rules.Zone, house: rules.House) -> Zone:
    return _shown(Zone, zone, organisation=zone.owner, max_persons=house.limit("zone", zone.code, today(house)))


def floor_json(floor: rules.Floor, house: rules.House) -> Floor:
    return _shown(Floor, floor, max_persons=house.limit("floor", floor.code, today(house)))


def building_json(building: rules.Building, house: rules.House) -> Building:
    return _shown(Building, building, max_persons=house.limit("building", building.code, today(house)),
                  time_zone=house.zone.key)


def organisation_json(organisation: rules.Organisation) -> Organisation:
    return _shown(Organisation, organisation)


def service_json(service: rules.Service) -> Service:
    return _shown(Service, service, zone=service.home_zone)


def _shown(form: type, *things, **written: object) -> dict:
    """Each member of its form as the first of the things calls it that has it, but for what is `written` otherwise."""
    names = things[0].names
    written |= {"name": names.in_language(language()), "names": dict(names)}
    return {member: written[member] if member in written else _as_json(member, things)
            for member in form.__annotations__}


def _as_json(member: str, things: tuple) -> object:
    value = next(getattr(each, member) for each in things if hasattr(each, member))
    return value.isoformat() if isinstance(value, date) else value

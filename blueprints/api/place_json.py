"""Zones, floors, buildings, organisations and services as JSON, their names in the caller's language and in all."""

from __future__ import annotations

from datetime import date

from blueprints.api.place_shapes import Building, Floor, Organisation, Service, Zone
from models.rules import house as rules


def zone_json(zone: rules.Zone, house: rules.House, day: date, language: str) -> Zone:
    return {**_named(zone, language), "building": zone.building, "floor": zone.floor, "access": zone.access,
            "organisation": zone.owner, "silent": zone.silent, "max_persons": house.limit("zone", zone.code, day),
            "valid_from": _day(zone.valid_from), "valid_to": _day(zone.valid_to)}


def floor_json(floor: rules.Floor, house: rules.House, day: date, language: str) -> Floor:
    return {**_named(floor, language), "building": floor.building, "level": floor.level,
            "max_persons": house.limit("floor", floor.code, day),
            "refuge_wheelchair_places": floor.refuge_wheelchair_places}


def building_json(building: rules.Building, house: rules.House, day: date, language: str) -> Building:
    return {**_named(building, language), "max_persons": house.limit("building", building.code, day),
            "valid_from": _day(building.valid_from), "valid_to": _day(building.valid_to), "time_zone": house.zone.key}


def organisation_json(organisation: rules.Organisation, language: str) -> Organisation:
    return {**_named(organisation, language), "is_host": organisation.is_host,
            "professional_secrecy": organisation.professional_secrecy, "colour": organisation.colour,
            "text_colour": organisation.text_colour, "contact_phone": organisation.contact_phone}


def service_json(service: rules.Service, language: str) -> Service:
    return {**_named(service, language), "organisation": service.organisation, "channel": service.channel,
            "default_minutes": service.default_minutes, "privacy_level": service.privacy_level,
            "max_party": service.max_party, "requires_panic_button": service.requires_panic_button,
            "zone": service.home_zone}


def _named(thing, language: str) -> dict:
    return {"code": thing.code, "name": thing.names.in_language(language), "names": dict(thing.names)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

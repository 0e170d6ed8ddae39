"""Zones, floors, the building, organisations and services."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered
from blueprints.api.caller import building_meant
from blueprints.api.conditions import shown
from blueprints.api.operation import operation
from blueprints.api.place_json import place_json, place_under, shown_as
from blueprints.api.place_shapes import Building, Floor, Named, Organisation, Service, Zone
from blueprints.api.query_strings import BuildingQuery
from blueprints.api.shapes import Page
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.rules.values import Scope


@blueprint.get("/v1/zones")
@needs("see_spaces")
@operation(_("The zones of a building, with their limits"), Page[Zone], query=BuildingQuery)
def list_zones(query: BuildingQuery) -> Response:
    return _within("zone", query)


@blueprint.get("/v1/zones/<code>")
@needs("see_spaces")
@operation(_("One zone, with its limit"), Zone, has_tag=True)
def get_zone(code: str) -> Response:
    return shown(place_under(Scope("zone", code)))


@blueprint.get("/v1/floors")
@needs("see_spaces")
@operation(_("The floors of a building, with their limits"), Page[Floor], query=BuildingQuery)
def list_floors(query: BuildingQuery) -> Response:
    return _within("floor", query)


@blueprint.get("/v1/floors/<code>")
@needs("see_spaces")
@operation(_("One floor, with its limit"), Floor, has_tag=True)
def get_floor(code: str) -> Response:
    return shown(place_under(Scope("floor", code)))


@blueprint.get("/v1/building")
@needs("see_spaces")
@operation(_("The building, with its limit"), Building, query=BuildingQuery, has_tag=True)
def get_building(query: BuildingQuery) -> Response:
    return shown(place_under(Scope("building", building_meant(query.building, the_house()))))


@blueprint.get("/v1/organisations")
@needs("see_spaces")
@operation(_("The organisations of the municipality"), Page[Organisation], query=BuildingQuery)
def list_organisations(query: BuildingQuery) -> Response:
    house = the_house()
    building_meant(query.building, house)
    return _listed(shown_as(Organisation, each) for each in house.organisations.values())


@blueprint.get("/v1/services")
@needs("see_spaces")
@operation(_("The services of the municipality"), Page[Service], query=BuildingQuery)
def list_services(query: BuildingQuery) -> Response:
    house = the_house()
    building_meant(query.building, house)
    return _listed(shown_as(Service, each) for each in house.services.values())


def _within(sort: str, query: BuildingQuery) -> Response:
    house = the_house()
    here = building_meant(query.building, house)
    places = house.zones if sort == "zone" else house.floors
    return _listed(place_json(Scope(sort, code), house) for code, place in places.items() if place.building == here)


def _listed(items: Iterable[Named]) -> Response:
    """Whole: there are never so many that a page would help."""
    return answered({"items": sorted(items, key=lambda item: item["code"]), "next": None})

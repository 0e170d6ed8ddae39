"""How many people a space, zone, floor or building may hold, from a date on. No booking is deleted: those above it are
listed."""

from __future__ import annotations

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered, today
from blueprints.api.bodies import CapacityBody, LimitBody
from blueprints.api.booking_json import above_json, under_secrecy_json
from blueprints.api.caller import building_meant, caller_as_viewer
from blueprints.api.conditions import if_still_so, tagged
from blueprints.api.operation import operation
from blueprints.api.place_json import place_under, space_under
from blueprints.api.place_shapes import ChangedBuilding, ChangedFloor, ChangedSpace, ChangedZone
from blueprints.api.query_strings import BuildingQuery
from blueprints.api.shapes import Above, UnderSecrecy
from blueprints.web.identity import by
from blueprints.web.rights import needs
from models.actions.plans.apply_changes import apply_changes
from models.queries.house import the_house
from models.rules.changes.change import Change
from models.rules.changes.limits import SetLimit
from models.rules.values import Scope


@blueprint.patch("/v1/spaces/<code>")
@needs("set_space_capacity")
@operation(
    _("Change how many people a space may hold"),
    ChangedSpace,
    body=CapacityBody,
    has_tag=True,
    notes=_("The answer shows the space as it is today, from when the change holds, and the bookings above it."),
)
def patch_space(code: str, body: CapacityBody) -> Response:
    with if_still_so(lambda: space_under(code)):
        above, under_secrecy = _applied(body.change(Scope("space", code), first=body.from_), body)
    space = space_under(code)
    said = {"from": _from(body), "above_capacity": above, "under_secrecy": under_secrecy}
    return tagged(answered({**space, **said}), space)


@blueprint.patch("/v1/zones/<code>")
@needs("set_limits")
@operation(_("Set how many people a zone may hold"), ChangedZone, body=LimitBody, has_tag=True)
def patch_zone(code: str, body: LimitBody) -> Response:
    return _limited(Scope("zone", code), body)


@blueprint.patch("/v1/floors/<code>")
@needs("set_limits")
@operation(_("Set how many people a floor may hold"), ChangedFloor, body=LimitBody, has_tag=True)
def patch_floor(code: str, body: LimitBody) -> Response:
    return _limited(Scope("floor", code), body)


@blueprint.patch("/v1/building")
@needs("set_limits")
@operation(
    _("Set how many people the building may hold"), ChangedBuilding, query=BuildingQuery, body=LimitBody, has_tag=True
)
def patch_building(query: BuildingQuery, body: LimitBody) -> Response:
    code = building_meant(query.building, the_house())
    return _limited(Scope("building", code), body)


def _limited(place: Scope, body: LimitBody) -> Response:
    with if_still_so(lambda: place_under(place)):
        above, under_secrecy = _applied(SetLimit(place, body.max_persons, first=body.from_), body)
    said = {"from": _from(body), "above_limit": above, "under_secrecy": under_secrecy}
    now_so = place_under(place)
    return tagged(answered({**now_so, **said}), now_so)


def _applied(change: Change, body: CapacityBody | LimitBody) -> tuple[list[Above], list[UnderSecrecy]]:
    effects, viewer = apply_changes([change], by(), reason=body.reason), caller_as_viewer()
    above = [above_json(each, viewer) for each in effects.listed_for(viewer).above]
    return above, under_secrecy_json(effects.apart)


def _from(body: CapacityBody | LimitBody) -> str:
    return (body.from_ or today(the_house())).isoformat()

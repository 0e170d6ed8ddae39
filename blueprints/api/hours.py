"""The weekly hours of a building, zone or space."""

from __future__ import annotations

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered, today
from blueprints.api.caller import caller_as_viewer
from blueprints.api.hours_json import opening_hours_json, unfit_json
from blueprints.api.hours_shapes import ChangedHours, HoursBody, OpeningHours
from blueprints.api.operation import operation
from blueprints.web.identity import by
from blueprints.web.rights import needs
from models.actions.plans.apply_changes import apply_changes
from models.queries.hours import weeks_of
from models.queries.house import the_house
from models.rules.changes.hours import SetHours, place_with_hours
from models.rules.refusals import NotFound
from models.rules.values import Scope

NOTES = _("The scope is building:, zone: or space: with a code, such as zone:Z0-HAL.")


@blueprint.get("/v1/opening-hours/<scope>")
@needs("set_hours")
@operation(_("The hours of a building, zone or space"), OpeningHours, notes=NOTES)
def get_hours(scope: str) -> Response:
    return answered(_hours(_known(scope)))


@blueprint.put("/v1/opening-hours/<scope>")
@needs("set_hours")
@operation(_("Replace the week of a building, zone or space"), ChangedHours, body=HoursBody, notes=NOTES)
def put_hours(scope: str, body: HoursBody) -> Response:
    known = _known(scope)
    effects = apply_changes(
        [SetHours(known, tuple(body.rows), first=body.from_, last=body.to)], by(), reason=body.reason
    )
    viewer = caller_as_viewer()
    return answered({**_hours(known), **unfit_json(effects, viewer)})


def _known(text: str) -> Scope:
    scope = place_with_hours(text, the_house())
    if scope is None:
        raise NotFound
    return scope


def _hours(scope: Scope) -> OpeningHours:
    house = the_house()
    return opening_hours_json(scope, weeks_of(scope), house, today(house))

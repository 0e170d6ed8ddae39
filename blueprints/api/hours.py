"""The weekly hours of a building, zone or space."""

from __future__ import annotations

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered
from blueprints.api.caller import caller, caller_as_viewer
from blueprints.api.hours_json import not_fitting_json, opening_hours_json, week_of_body
from blueprints.api.hours_shapes import ChangedHours, HoursBody, OpeningHours
from blueprints.api.operation import operation
from blueprints.web.clock import now
from blueprints.web.rights import needs
from models.actions.set_hours import set_hours
from models.queries.hours import weeks_of
from models.queries.house import the_house
from models.rules.hours import Scope
from models.rules.hours_change import WeekChange, scope_in
from models.rules.interval import civil_date
from models.rules.refusals import NotFound

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
    change = WeekChange(known, week_of_body(body), body.reason, body.from_, body.to)
    unfit = set_hours(change, caller(), now())
    viewer = caller_as_viewer()
    return answered({**_hours(known), "no_longer_fitting": [not_fitting_json(each, viewer) for each in unfit]})


def _known(text: str) -> Scope:
    scope = scope_in(text, the_house())
    if scope is None:
        raise NotFound
    return scope


def _hours(scope: Scope) -> OpeningHours:
    house = the_house()
    return opening_hours_json(scope, weeks_of(scope), house, civil_date(now(), house.zone))

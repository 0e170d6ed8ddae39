"""The weekly hours of a building, zone or space."""

from __future__ import annotations

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered, today
from blueprints.api.caller import caller_as_viewer
from blueprints.api.conditions import if_still_so, shown, tagged
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
@operation(_("The hours of a building, zone or space"), OpeningHours, notes=NOTES, has_tag=True)
def get_hours(scope: str) -> Response:
    return shown(_hours(_known(scope)))


@blueprint.put("/v1/opening-hours/<scope>")
@needs("set_hours")
@operation(_("Replace the week of a building, zone or space"), ChangedHours, body=HoursBody, notes=NOTES, has_tag=True)
def put_hours(scope: str, body: HoursBody) -> Response:
    known = _known(scope)
    week = SetHours(known, tuple(body.rows), first=body.from_, last=body.to)
    with if_still_so(lambda: _hours(known)):
        effects = apply_changes([week], by(), reason=body.reason)
    hours = _hours(known)
    return tagged(answered({**hours, **unfit_json(effects, caller_as_viewer())}), hours)


def _known(text: str) -> Scope:
    scope = place_with_hours(text, the_house())
    if scope is None:
        raise NotFound
    return scope


def _hours(scope: Scope) -> OpeningHours:
    house = the_house()
    return opening_hours_json(scope, weeks_of(scope), house, today(house))

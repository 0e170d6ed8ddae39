"""How many people are in an open space now, from somebody with a tally or from a sensor."""

from __future__ import annotations

from flask import Response
from flask_babel import lazy_gettext as _
from typing_extensions import TypedDict

from blueprints.api import blueprint
from blueprints.api.answers import answered, moment
from blueprints.api.bodies import Body
from blueprints.api.operation import operation
from blueprints.api.shapes import Moment
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.actions.presence.count_people import count
from models.queries.house import the_house
from models.rules.values import Places


class CountBody(Body):
    persons: Places


class Count(TypedDict):
    """`until`: when the count goes stale; until then it counts in the limits of its zone, floor and building."""

    space: str
    persons: int
    at: Moment
    until: Moment


@blueprint.post("/v1/spaces/<code>/count")
@needs("count_people")
@operation(
    _("Say how many people are in an open space now"),
    Count,
    body=CountBody,
    may_be_refused=True,
    notes=_("Everyone who is there, whether they booked or not. Only of spaces that groups share."),
)
def post_count(code: str, body: CountBody) -> Response:
    found, house = count(code, body.persons, signed_in(), now()), the_house()
    return answered(
        {
            "space": found.space,
            "persons": found.persons,
            "at": moment(found.at, house),
            "until": moment(found.until, house),
        }
    )

"""Spaces: those there are, and those that would accept a booking by this caller."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.caller import building_meant, known
from blueprints.api.conditions import shown
from blueprints.api.operation import operation
from blueprints.api.paging import answered_page, code_in, word_of_code
from blueprints.api.place_json import space_json, space_under
from blueprints.api.place_shapes import Space as SpaceShape
from blueprints.api.query_strings import SpaceQuery
from blueprints.api.shapes import Page
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.queries.accepting import accepting
from models.queries.house import the_house
from models.rules.house.house import House, Space
from models.rules.house.policy import LONGEST_BOOKING
from models.rules.judging.facts import Wanted
from models.rules.times.interval import Interval, civil_date


@blueprint.get("/v1/spaces")
@needs("see_spaces")
@operation(
    _("The spaces of a building"),
    Page[SpaceShape],
    query=SpaceQuery,
    notes=_("With start and end only those that would accept such a booking by you."),
)
def list_spaces(query: SpaceQuery) -> Response:
    house = the_house()
    day = civil_date(query.start or now(), house.zone)
    found, after = sorted(_matching(query, house, day), key=lambda space: space.code), code_in(query.after)
    found = [space for space in found if after is None or space.code > after]
    if query.during is not None:
        found = list(islice(_accepting(found, query.during, query, house), query.limit + 1))
    return answered_page(
        found, query.limit, lambda space: space_json(space, house), lambda space: word_of_code(space.code)
    )


@blueprint.get("/v1/spaces/<code>")
@needs("see_spaces")
@operation(_("One space"), SpaceShape, has_tag=True)
def get_space(code: str) -> Response:
    return shown(space_under(code))


def _matching(query: SpaceQuery, house: House, day: date) -> Iterator[Space]:
    """What the filters ask of a space itself, by the policy of that day."""
    floor, zone = known("floor", query.floor, house.floors), known("zone", query.zone, house.zones)
    owner = known("organisation", query.organisation, house.organisations)
    is_placed = query.building is None and (floor or zone)  # a floor or zone says which building is meant
    building = None if is_placed else building_meant(query.building, house)
    for space in house.spaces.values():
        policy = house.policy(space.code, day)
        places = policy.places(query.layout or policy.default_layout)
        if all(
            (
                building in (None, space.building),
                floor in (None, space.floor),
                zone in (None, space.zone),
                query.kind in (None, space.kind),
                owner in (None, space.owner),
                query.accessible in (None, policy.accessible),
                set(query.equipment) <= set(space.equipment),
                query.layout is None or places is not None,
                query.attendees is None or (places is not None and query.attendees <= places.limit),
            )
        ):
            yield space


def _accepting(spaces: list[Space], during: Interval, query: SpaceQuery, house: House) -> Iterator[Space]:
    """Judged as a booking would be, no more of them than the page and the next one's first."""
    if not spaces or during.length > LONGEST_BOOKING:
        return iter(())
    person = signed_in()
    wanted = Wanted(spaces[0].code, during, person, person, query.attendees, query.layout)
    return accepting(wanted, spaces, house, now())

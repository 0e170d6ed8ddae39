"""How many people are expected in a space, a zone, on a floor or in the building: people, not bookings."""

from __future__ import annotations

from datetime import timedelta

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered, moment
from blueprints.api.caller import caller_as_viewer
from blueprints.api.operation import operation
from blueprints.api.place_shapes import Occupancy
from blueprints.api.query_strings import MomentInAddress, Query
from blueprints.web.clock import now
from blueprints.web.rights import needs
from models.queries.occupancy import people_expected
from models.queries.timelines import bookings_of
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, is_told_times_of
from models.rules.presence.occupancy import Expected, Place, expected_in_space, highest, read_place
from models.rules.presence.steps import STEP, in_quarters, most_beyond, place_told, sees_exact_counts, told_course
from models.rules.refusals import BadRequest
from models.rules.times.interval import Interval, civil_date
from models.rules.values import Named

MOST_DAYS = 31


class OccupancyQuery(Query):
    scope: Named
    start: MomentInAddress
    end: MomentInAddress


@blueprint.get("/v1/occupancy")
@needs("see_occupancy")
@operation(
    _("How many people are expected in a place"),
    Occupancy,
    query=OccupancyQuery,
    notes=_(
        "scope is space:, zone:, floor: or building: with a code. limit is the one that holds at start. In "
        "one space, stretches whose head count you may not see have no persons. With step, persons and peak are "
        "the least of a step (1: fewer than five), and stretches begin on the quarter hour. A zone that only one "
        "organisation with professional secrecy uses answers others as its floor, and where you get exact figures its "
        "people count in fives: up_to_more is how many more there may be."
    ),
)
def get_occupancy(query: OccupancyQuery) -> Response:
    """Whoever holds a place counts, requests that wait for approval too. One query; of a single space two."""
    viewer = caller_as_viewer()
    house = viewer.house
    place, during = place_told(read_place(query.scope, house), viewer), _window(query, house)
    stretches = told_course(place, _expected(place, in_quarters(during), viewer), during, viewer)
    items = []
    for each in stretches:
        item = {"start": moment(each.during.start, house), "end": moment(each.during.end, house)}
        items.append(item if each.persons is None else item | {"persons": each.persons})
    return answered(
        {
            "scope": str(place),
            "limit": place.limit(house, civil_date(during.start, house.zone)),
            "peak": highest(stretches).persons or 0,
            "items": items,
        }
        | ({} if sees_exact_counts(place, viewer) else {"step": STEP})
        | ({"up_to_more": beyond} if (beyond := most_beyond(place, viewer)) else {})
    )


def _window(query: OccupancyQuery, house: House) -> Interval:
    """At most 31 days of the wall calendar, however many hours the clock change makes of them."""
    start, end = (each.astimezone(house.zone).replace(tzinfo=None) for each in (query.start, query.end))
    if end - start > timedelta(days=MOST_DAYS):
        raise BadRequest("end", "too_many_days_asked", most=MOST_DAYS)
    return Interval(query.start, query.end)


def _expected(place: Place, during: Interval, viewer: Viewer) -> list[Expected]:
    house = viewer.house
    if place.sort == "space":
        space = house.spaces[place.code]
        if not is_told_times_of(viewer, space, during, now()):
            return [Expected(space.code, during, None)]
        return expected_in_space(space, bookings_of([space], during, viewer, now())[space.code], viewer)
    return people_expected(house, [space for space in house.spaces.values() if place.has(space)], during)

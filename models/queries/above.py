"""The bookings that stand above a limit, now and from now on."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from models.queries.bookings import bookings_from
from models.queries.occupancy import people_expected
from models.queries.standing import groups_in
from models.rules.changes.spaces import recounted
from models.rules.house.house import House
from models.rules.judging.above import AboveLimit, above_head_count, above_places
from models.rules.judging.peaks import Peak, peaks_above
from models.rules.people.discretion import Viewer
from models.rules.presence.occupancy import Place, holds_who_comes_alone, places_above
from models.rules.presence.occupancy import all_above as everybody_above
from models.rules.times.interval import Interval, civil_dates

MANY_DESKS = 500  # from then on it is worth a question to read fewer of them
RULE_OF = {"zone": "R03", "floor": "R04", "building": "R05"}


def bookings_above(scope: str, code: str, house: House, now: datetime) -> tuple[AboveLimit, ...]:
    """For a space, zone, floor or building: two queries, whatever the number of bookings (5,000 at most are read).

    The house may be one that is only imagined (models/rules/changes).
    """
    if scope == "space":
        return above_places(recounted(bookings_from(now, [house.spaces[code].id]), house), house)
    inside = [space.id for space in house.spaces.values() if getattr(space, scope) == code]
    return above_head_count(recounted(bookings_from(now, inside), house), scope, code, RULE_OF[scope], house)


def bookings_and_peaks_above(
    place: Place, house: House, viewer: Viewer, now: datetime
) -> tuple[tuple[AboveLimit, ...], tuple[Peak, ...]]:
    """As bookings_above() of a zone, floor or building, and when it holds too many. Two queries."""
    inside = [space.id for space in house.spaces.values() if place.has(space)]
    bookings = recounted(bookings_from(now, inside), house)
    above = above_head_count(bookings, place.sort, place.code, RULE_OF[place.sort], house)
    return above, peaks_above(bookings, place, house, viewer) if above else ()


def all_above(house: House, now: datetime) -> tuple[AboveLimit, ...]:
    """Everything above any limit in the whole house: what a manager must look at first. Two queries."""
    bookings = recounted(bookings_from(now, [space.id for space in house.spaces.values()]), house)
    found = list(above_places(bookings, house))
    for scope, rule in RULE_OF.items():
        here = defaultdict(list)
        for each in bookings:
            here[getattr(house.spaces[each.space], scope)].append(each)
        for code, inside in here.items():
            found += above_head_count(inside, scope, code, rule, house)
    return tuple(sorted(found, key=lambda above: (above.booking.during.start, above.booking.id, above.scope)))


def number_above(house: House, during: Interval) -> int:
    """How many come meanwhile with more than their space holds, or while a place around it holds too many. One query;
    in a city one more for each building: who comes alone to one of its desks is then read only where such a place is
    around it, or it holds nobody."""
    days, spaces = civil_dates(during, house.zone), house.spaces.values()
    alone = {space.code for space in spaces if holds_who_comes_alone(space, days, house)}
    if len(alone) < MANY_DESKS:
        return len(everybody_above(people_expected(house, spaces, during), house))
    everybody = (group for building in house.buildings for group in groups_in(building, [during]))
    full = places_above(
        ((Place(*place), group.during, group.persons) for group in everybody for place in group.places), house
    )
    read = [space for space in spaces if space.code not in alone or any(place.has(space) for place in full)]
    return len(everybody_above(people_expected(house, read, during, and_parties=True), house))


def bookings_above_cap(house: House, now: datetime) -> tuple[AboveLimit, ...]:
    """In the whole house, where the percentage of a crisis (rule R09) is what binds. Two queries; at most the 5,000
    first bookings are read."""
    bookings = recounted(bookings_from(now, [space.id for space in house.spaces.values()]), house)
    return tuple(each for each in above_places(bookings, house) if each.rule == "R09")

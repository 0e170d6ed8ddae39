"""For who answers for safety: how many are in the house now, and where it gets tight today."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from blueprints.booking.day import Day, wall_clock
from blueprints.web.language import language
from models.queries.occupancy import people_expected
from models.rules.occupancy import Expected, Place, course, highest, level


def presence(day: Day) -> dict[str, object]:
    """Of the building in which the viewer works. One query."""
    house = day.house
    building = house.building_of(day.viewer.person.home_zone)
    floors = [floor for floor in house.floors.values() if floor.building == building]
    zones = [zone for zone in house.zones.values() if zone.building == building]
    inside = [space for space in house.spaces.values() if space.building == building]
    expected = people_expected(house, inside, day.during)
    places = [(Place("building", building), house.buildings[building].names),
              *((Place("floor", floor.code), floor.names)
                for floor in sorted(floors, key=lambda floor: (floor.level, floor.code)))]
    watched = [*places, *((Place("zone", zone.code), zone.names) for zone in zones)]
    return {"now": [_now(place, names, expected, day) for place, names in places],
            "tight": [row for place, names in watched if (row := _tight(place, names, expected, day))]}


def _now(place: Place, names, expected: list[Expected], day: Day) -> dict:
    here = [each for each in expected if place.has(day.house.spaces[each.space])]
    return {"label": names.in_language(language()), "limit": place.limit(day.house, day.date),
            "value": sum(each.persons for each in here if each.during.has(day.now))}


def _tight(place: Place, names, expected: list[Expected], day: Day) -> dict | None:
    """Where the day's peak comes near the limit or passes it."""
    peak = highest(course((each for each in expected if place.has(day.house.spaces[each.space])), day.during))
    limit = place.limit(day.house, day.date)
    state = level(peak.persons, limit)
    if state == "calm":
        return None
    floor = day.house.zones[place.code].floor if place.scope == "zone" else place.code
    return {"name": names.in_language(language()), "state": state,
            "said": _("%(value)s of %(limit)s", value=peak.persons, limit=limit),
            "when": _("%(start)s–%(end)s", start=wall_clock(peak.during.start, day.house),
                      end=wall_clock(peak.during.end, day.house)),
            "url": url_for("occupancy.show", floor=floor if place.scope != "building" else None)}

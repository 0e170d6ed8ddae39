"""For who answers for safety: how many are in the house now, and where it gets tight today."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from blueprints.booking.day import Day, wall_clock
from blueprints.occupancy.charts import Course
from blueprints.occupancy.page import building_and_floors
from blueprints.occupancy.words import figure_words
from models.queries.occupancy import people_expected
from models.rules.presence.occupancy import Place, highest, level
from models.rules.presence.steps import place_told


def presence(day: Day) -> dict[str, object]:
    """Of the building in which the viewer works. One query."""
    house = day.house
    building = house.building_of(day.person.home_zone)
    inside = [space for space in house.spaces.values() if space.building == building]
    expected = people_expected(house, inside, day.during)
    places = building_and_floors(building, house)
    zones = [Place("zone", zone.code) for zone in house.zones.values() if zone.building == building]
    told = [each for each in zones if place_told(each, day.viewer) == each]
    courses = [Course.of(place, expected, day) for place in (*places, *told)]
    return {
        "now": [_now(each, day) for each in courses[: len(places)]],
        "tight": [row for each in courses if (row := _tight(each, day))],
    }


def _now(course: Course, day: Day) -> dict:
    persons = sum(each.persons or 0 for each in course.stretches if each.during.has(day.now))
    return {
        "label": course.name,
        "limit": course.limit,
        "value": persons,
        "said": figure_words(persons, course.most(persons)),
    }


def _tight(course: Course, day: Day) -> dict | None:
    """Where the day's peak comes near the limit or passes it."""
    peak, place = highest(course.stretches), course.place
    persons = peak.persons or 0
    state = level(persons, course.limit)
    if state == "calm":
        return None
    floor = day.house.zones[place.code].floor if place.sort == "zone" else place.code
    return {
        "name": course.name,
        "state": state,
        "said": _("%(value)s of %(limit)s", value=figure_words(persons, course.most(persons)), limit=course.limit),
        "when": _(
            "%(start)s–%(end)s",
            start=wall_clock(peak.during.start, day.house),
            end=wall_clock(peak.during.end, day.house),
        ),
        "url": url_for("occupancy.show", floor=floor if place.sort != "building" else None),
    }

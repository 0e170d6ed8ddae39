"""The page of a floor: the building, the floor, its zones, and the spaces in which many can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from flask import redirect, render_template, request, url_for
from flask_babel import format_date

from blueprints.booking.day import Day
from blueprints.booking.filters import FilterForm
from blueprints.booking.views import today
from blueprints.occupancy import blueprint
from blueprints.occupancy.charts import Course, chart, hours_shown
from blueprints.occupancy.tabs import occupancy_tabs
from blueprints.occupancy.words import kept_words
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.queries.occupancy import people_expected
from models.queries.timelines import bookings_of
from models.rules.house.house import Floor, House, Space
from models.rules.people.discretion import is_told_times_of
from models.rules.presence.occupancy import Expected, Place, expected_in_space, is_counted_for, most_in
from models.rules.presence.steps import place_told
from models.rules.times.interval import civil_date

OPENS, CLOSES = 7, 20
LARGE = 20


@blueprint.get("/occupancy")
@needs("see_occupancy")
def show():
    """Three queries beside those of every page, whatever the number of bookings."""
    house = the_house()
    floors = floors_in_order(house)
    form = FilterForm(request.args)
    form.floor.choices = [(floor.code, "") for floor in floors]
    if not form.date.validate(form) or (form.floor.data and not form.floor.validate(form)):
        return redirect(url_for("occupancy.show"))
    day = today(house)
    if form.date.data:
        day = replace(day, date=form.date.data)
    floor = house.floors.get(form.floor.data) or _own_floor(day, floors)
    return render_template("occupancy/floor.html", **_page(floor, floors, day))


def floors_in_order(house: House) -> list[Floor]:
    """Building by building, from the ground up."""
    buildings = list(house.buildings)
    return sorted(house.floors.values(), key=lambda floor: (buildings.index(floor.building), floor.level, floor.code))


def building_and_floors(building: str, house: House) -> list[Place]:
    """Itself first, then from the ground up."""
    floors = [floor for floor in floors_in_order(house) if floor.building == building]
    return [Place("building", building), *(Place("floor", floor.code) for floor in floors)]


def _own_floor(day: Day, floors: list[Floor]) -> Floor:
    home = day.house.zones.get(day.person.home_zone or "")
    return day.house.floors[home.floor] if home else floors[0]


def _page(floor: Floor, floors: list[Floor], day: Day) -> dict[str, object]:
    house, here = day.house, language()
    inside = [space for space in house.spaces.values() if space.building == floor.building]
    expected = people_expected(house, inside, day.during)
    zones = [Place("zone", zone.code) for zone in house.zones.values() if zone.floor == floor.code]
    wide = [
        Course.of(place, expected, day) for place in (Place("building", floor.building), Place("floor", floor.code))
    ]
    narrow = [Course.of(zone, expected, day) for zone in zones if place_told(zone, day.viewer) == zone]
    spaces = _courses_of_spaces([space for space in inside if space.floor == floor.code], expected, day)
    hours = hours_shown((*wide, *narrow, *spaces), day, OPENS, CLOSES)
    drawn = {
        name: [chart(each, hours, day) for each in courses]
        for name, courses in (("wide", wide), ("zones", narrow), ("spaces", spaces))
    }
    return {
        "tabs": occupancy_tabs("occupancy.show"),
        "day": day,
        "day_text": format_date(day.date, "EEEE d MMMM y"),
        "floor": floor,
        "previous_url": _address(floor, day.date - timedelta(days=1)),
        "next_url": _address(floor, day.date + timedelta(days=1)),
        "today_url": _address(floor, civil_date(day.now, house.zone)),
        "floors": [
            {"label": each.names.in_language(here), "url": _address(each, day.date), "current": each.code == floor.code}
            for each in floors
        ],
        "kept": kept_words(Place("floor", floor.code), day.viewer),
        "tight": [each for charts in drawn.values() for each in charts if each["state"] != "calm"],
        **{name: sorted(charts, key=lambda each: each["is_empty"]) for name, charts in drawn.items()},
    }


def _address(floor: Floor, day: date) -> str:
    return url_for("occupancy.show", floor=floor.code, date=day.isoformat())


def _courses_of_spaces(spaces: list[Space], expected: list[Expected], day: Day) -> list[Course]:
    """Shared spaces, and those for one party that take many people at once: as far as the viewer may be told."""
    spaces = [space for space in spaces if is_told_times_of(day.viewer, space, day.during, day.now)]
    together = [space for space in spaces if is_counted_for(day.viewer, space)]
    apart = [space for space in spaces if space.exclusive and most_in(day.house, space.code, day.date) >= LARGE]
    taken = bookings_of(apart, day.during, day.viewer, day.now) if apart else {}
    courses = [Course.of(Place("space", space.code), expected, day) for space in together]
    courses += [
        Course.of(Place("space", space.code), expected_in_space(space, taken[space.code], day.viewer), day)
        for space in apart
    ]
    return sorted(courses, key=lambda each: each.place.code)

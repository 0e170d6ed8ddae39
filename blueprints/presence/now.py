"""Now in the building: who is here for certain, who may yet come, and hour by hour what is expected today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import render_template, request, url_for
from flask_babel import format_date

from blueprints.booking.day import Day, wall_clock
from blueprints.booking.messages import place_name
from blueprints.booking.views import today
from blueprints.occupancy.charts import Course, chart, hours_shown
from blueprints.occupancy.page import CLOSES, OPENS, building_and_floors
from blueprints.occupancy.tabs import occupancy_tabs
from blueprints.occupancy.words import figure_words, kept_words, state_words
from blueprints.presence import blueprint
from blueprints.presence.words import sorts_of, steps_of
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.queries.occupancy import people_expected
from models.queries.presence import bookings_now, live_counts
from models.rules.house.house import House
from models.rules.people.rights import holds
from models.rules.presence.counts import Line, lines_now
from models.rules.presence.occupancy import Place, level
from models.rules.presence.steps import most_of, place_told, sees_exact_counts, step_of, told_crowd

WORST_FIRST = ("over", "crowded", "full", "near", "calm")


@blueprint.get("/now")
@needs("see_occupancy")
def now() -> str:
    """Four queries beside those of every page, whatever the number of bookings."""
    house = the_house()
    day = today(house)
    building = building_meant(day)
    counts = live_counts(house, day.now, building)
    lines = lines_now(bookings_now(house, building, day.now), counts, house, day.now, day.viewer)
    whole, *storeys = (_row(place, lines, day) for place in building_and_floors(building, house))
    floors = [_floor(row, lines, day) for row in storeys]
    rows = [whole, *(row for floor in floors for row in (floor["row"], *floor["zones"]))]
    return render_template(
        "presence/now.html",
        tabs=occupancy_tabs("presence.now"),
        day_text=format_date(day.date, "EEEE d MMMM y"),
        at=wall_clock(day.now, house),
        whole=whole,
        floors=floors,
        kept=kept_words(Place("building", building), day.viewer),
        buildings=buildings_offered(building, house),
        above=_worst_first(row for row in rows if row["state"] in ("over", "crowded")),
        may_clear=holds(day.person, "see_evacuation"),
        may_count=holds(day.person, "count_people"),
        charts=_charts(building, day),
        by_day_url=url_for("occupancy.show"),
    )


def building_meant(day: Day) -> str:
    """The one that the address names, else where the viewer works."""
    asked = request.values.get("building", "")
    return asked if asked in day.house.buildings else day.house.building_of(day.person.home_zone)


def buildings_offered(current: str, house: House) -> list[dict]:
    """For a choice; none where there is but one."""
    if len(house.buildings) == 1:
        return []
    assert request.endpoint is not None, "a page that is shown has an address"
    return [
        {
            "label": each.names.in_language(language()),
            "url": url_for(request.endpoint, building=each.code),
            "current": each.code == current,
        }
        for each in house.buildings.values()
    ]


def _floor(floor: dict, lines: Sequence[Line], day: Day) -> dict:
    """With its zones in which somebody is or may be, the fullest first, and the names of the others; without those of
    which this viewer only learns how many are on the floor."""
    zones = [Place("zone", zone.code) for zone in day.house.zones.values() if zone.floor == floor["code"]]
    rows = [_row(zone, lines, day) for zone in zones if place_told(zone, day.viewer) == zone]
    return {
        "row": floor,
        "zones": _worst_first(row for row in rows if not row["is_empty"]),
        "empty": [row["name"] for row in rows if row["is_empty"]],
    }


def _row(place: Place, lines: Sequence[Line], day: Day) -> dict:
    found = told_crowd(place, lines, day.viewer)
    in_steps = not sees_exact_counts(place, day.viewer)
    here, at_most = (step_of(each) if in_steps else each for each in (found.here, found.at_most))
    limit = place.limit(day.house, day.date)
    state = level(here, limit)
    if state != "over" and limit is not None and at_most > limit:
        state = "crowded"
    return {
        "scope": place.sort,
        "code": place.code,
        "name": place_name(str(place), day.house),
        "limit": limit,
        "here": here,
        "here_said": figure_words(here, most_of(here, place, day.viewer)),
        "at_most": at_most,
        "at_most_said": figure_words(at_most, most_of(at_most, place, day.viewer)),
        "is_empty": not most_of(at_most, place, day.viewer),
        "state": state,
        "state_words": state_words(state),
        "sorts": steps_of(found) if in_steps else sorts_of(found, day.house),
    }


def _worst_first(rows: Iterable[dict]) -> list[dict]:
    return sorted(rows, key=lambda row: (WORST_FIRST.index(row["state"]), -row["at_most"]))


def _charts(building: str, day: Day) -> list[dict]:
    """What is booked over the day, in the building and on each floor. One query."""
    house = day.house
    inside = [space for space in house.spaces.values() if space.building == building]
    expected = people_expected(house, inside, day.during)
    courses = [Course.of(place, expected, day) for place in building_and_floors(building, house)]
    hours = hours_shown(courses, day, OPENS, CLOSES)
    return [chart(each, hours, day) for each in courses]

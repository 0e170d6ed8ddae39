"""One sheet a zone with boxes to tick by hand: for wardens who go without a telephone."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from blueprints.booking.day import wall_clock
from blueprints.booking.views import today
from blueprints.presence import blueprint
from blueprints.presence.evacuation import the_list
from blueprints.presence.evacuation_words import running_notice
from blueprints.presence.known import known_evacuation
from blueprints.presence.marking import rows_in_order
from blueprints.presence.now import building_meant
from blueprints.presence.words import name_in
from blueprints.web.rights import needs
from models.queries.evacuations import lines_of, running_in
from models.queries.house import the_house
from models.rules.house.house import House
from models.rules.presence.counts import LIST_HOLDS


@blueprint.get("/evacuation/sheets")
@needs("see_evacuation")
def sheets() -> str:
    """Of the list as it is now: every zone that is in use, whoever is expected there. Five queries at most."""
    day = today(the_house())
    building = building_meant(day)
    listed, running = the_list(building, day), running_in(building)
    lines = {zone["code"]: zone["lines"] for floor in listed["floors"] for zone in floor["zones"]}
    zones = [zone for zone in day.house.zones.values() if zone.building == building]
    return render_template(
        "presence/sheets.html",
        building=listed["place"],
        running=running and running_notice(running, day.house),
        back_url=url_for("presence.evacuation", building=building),
        made_at=listed["made_at"],
        expires_at=listed["expires_at"],
        sheets=_sheets({zone.code: lines.get(zone.code, []) for zone in zones}, day.house),
    )


@blueprint.get("/drills/<drill>/sheets")
@needs("see_evacuation")
def sheets_of(drill: str) -> str | Response:
    """Of the list that is being ticked off, with what stands on it. Once it is over there is a report."""
    found, day = known_evacuation(drill), today(the_house())
    if found.ended_at:
        return redirect(url_for("presence.drill", drill=drill), 303)
    rows: dict[str, list[dict]] = {}
    for line in rows_in_order((each for each in lines_of(found.id) if not each.is_added), found, day):
        on_it = rows.setdefault(line["zone"], [])
        if not line["is_zone"]:
            on_it.append(line)
    return render_template(
        "presence/sheets.html",
        building=name_in(day.house.buildings, found.building),
        running=running_notice(found, day.house),
        back_url=url_for("presence.drill", drill=drill),
        made_at=wall_clock(day.now, day.house),
        expires_at=wall_clock(found.started_at + LIST_HOLDS, day.house),
        sheets=_sheets(rows, day.house),
    )


def _sheets(lines: Mapping[str, list[dict]], house: House) -> list[dict]:
    """By floor, from the lowest up, as wardens go."""
    found = [
        {
            "level": house.floors[house.zones[zone].floor].level if zone in house.zones else 0,
            "floor": name_in(house.floors, house.zones[zone].floor) if zone in house.zones else "",
            "name": name_in(house.zones, zone),
            "code": zone,
            "lines": here,
        }
        for zone, here in lines.items()
    ]
    return sorted(found, key=lambda sheet: (sheet["level"], sheet["floor"], sheet["code"]))

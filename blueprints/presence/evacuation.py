"""The evacuation list: on the screen, on paper, and as one file that can be read without network."""

from __future__ import annotations

from itertools import groupby

from flask import Response, render_template
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from blueprints.booking.day import Day, wall_clock
from blueprints.booking.views import today
from blueprints.occupancy.tabs import occupancy_tabs
from blueprints.presence import blueprint
from blueprints.presence.beginning import begin_asked, sorts_to_begin
from blueprints.presence.evacuation_words import running_notice, running_told
from blueprints.presence.now import building_meant, buildings_offered
from blueprints.presence.words import name_in, people_words, sort_word, sorts_of, what_word
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.presence.evacuate import note_list_taken
from models.queries.evacuations import running_in
from models.queries.house import the_house
from models.queries.people import people_by_username
from models.queries.presence import bookings_now, live_counts
from models.rules.presence.counts import LIST_HOLDS, Line, crowd, lines_now


@blueprint.get("/evacuation")
@needs("see_evacuation")
def evacuation() -> str:
    """Five queries at most beside those of every page."""
    house = the_house()
    day = today(house)
    building = building_meant(day)
    running = running_in(building)
    return render_template(
        "presence/evacuation.html",
        tabs=occupancy_tabs("presence.evacuation"),
        building=building,
        buildings=buildings_offered(building, house),
        running=running and running_told(running, house),
        beginnings=[begin_asked(sort, building, running) for sort in sorts_to_begin(running)],
        **the_list(building, day),
    )


@blueprint.post("/evacuation/file")
@needs("see_evacuation")
def evacuation_file() -> Response:
    """The list as one file without anything from elsewhere. That it was taken out of the house's hands is logged."""
    day = today(the_house())
    building = building_meant(day)
    note_list_taken(building, signed_in(), day.now)
    running = running_in(building)
    page = render_template(
        "presence/evacuation_file.html",
        running=running and running_notice(running, day.house),
        **the_list(building, day),
    )
    name = f"{building}-{day.now.astimezone(day.house.zone):%Y-%m-%d-%H%M}.html"
    answer = Response(page, content_type="text/html; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=_("evacuation-list") + f"-{name}")
    return answer


def the_list(building: str, day: Day) -> dict:
    """What stands on it: by floor, zone and space, with no more of anybody than finding them takes."""
    house = day.house
    counts = live_counts(house, day.now, building)
    lines = lines_now(bookings_now(house, building, day.now), counts, house, day.now)
    buddies = people_by_username(line.buddy for line in lines if line.buddy and line.wheelchair)
    wheelchairs = sum(line.wheelchair for line in lines)
    return {
        "place": house.buildings[building].names.in_language(language()),
        "day_text": format_date(day.date, "EEEE d MMMM y"),
        "made_at": wall_clock(day.now, house),
        "expires_at": wall_clock(day.now + LIST_HOLDS, house),
        "figures": sorts_of(crowd(lines), house),
        "wheelchairs": wheelchair_words(wheelchairs, None),
        "floors": [
            {
                "name": name_in(house.floors, floor),
                "zones": [
                    {
                        "name": name_in(house.zones, zone),
                        "code": zone,
                        "lines": [line_row(line, buddies, day) for line in here],
                    }
                    for zone, here in groupby(on_floor, key=lambda line: house.spaces[line.space].zone)
                ],
            }
            for floor, on_floor in groupby(lines, key=lambda line: house.spaces[line.space].floor)
        ],
    }


def line_row(line: Line, buddies: dict, day: Day) -> dict:
    """One line in words only: on paper and without network there are no pictures."""
    house = day.house
    space = house.spaces[line.space]
    number = str(line.persons) if line.sort != "unknown" else "?"
    return {
        "number": number,
        "people": number_words(line.sort, line.persons),
        "sort": line.sort,
        "code": space.code,
        "name": space.names.in_language(language()),
        "what": what_word(space, house, day.date),
        "sort_word": _known_words(line),
        "since": _since(line, day),
        "person": line.name or "",
        "wheelchair": wheelchair_words(line.wheelchair, line.buddy and buddies.get(line.buddy)),
    }


def number_words(sort: str, persons: int) -> str:
    if sort != "unknown":
        return people_words(persons)
    return ngettext("unknown how many, %(num)d at most", "unknown how many, %(num)d at most", persons)


def wheelchair_words(number: int, buddy) -> str:
    if not number:
        return ""
    said = ngettext("%(num)d wheelchair user", "%(num)d wheelchair users", number)
    return _("%(said)s; evacuation buddy: %(name)s", said=said, name=buddy.name) if buddy else said


def _known_words(line: Line) -> str:
    if line.sort == "unknown" and line.is_here:
        return _("Unknown how many, checked in")
    return sort_word(line.sort)


def _since(line: Line, day: Day) -> str:
    facts = {"time": wall_clock(line.since, day.house), "until": wall_clock(line.until, day.house)}
    if line.sort == "counted":
        return _("counted at %(time)s", **facts)
    if line.is_here:
        return _("here since %(time)s", **facts)
    return _("booked %(time)s–%(until)s", **facts)

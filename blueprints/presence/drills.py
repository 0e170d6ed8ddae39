"""Evacuations and drills: ticked off by several wardens at once while they run, a dated report once they are over."""

from __future__ import annotations

from flask import Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from blueprints.booking.day import Day
from blueprints.booking.views import today
from blueprints.occupancy.tabs import occupancy_tabs
from blueprints.presence import blueprint
from blueprints.presence.adding import add_form, added_rows
from blueprints.presence.beginning import end_asked
from blueprints.presence.evacuation_words import running_told, sort_badge, title_of, unsettled_words
from blueprints.presence.known import known_evacuation
from blueprints.presence.marking import floor_of, lines_by_zone, progress, rows_of
from blueprints.presence.now import building_meant, buildings_offered
from blueprints.presence.report import report
from blueprints.presence.words import length_words, name_in
from blueprints.web.addresses import digits
from blueprints.web.rights import needs
from models.queries.evacuations import evacuations_of, keys_marked_since, last_mark, lines_of, running_in, unsettled_in
from models.queries.house import the_house
from models.rules.house.house import House
from models.rules.presence.evacuation import Evacuation, ToClear, outcome

EVERY_SECONDS = 4


@blueprint.get("/drills")
@needs("see_evacuation")
def drills() -> str:
    """The last hundred. Two queries."""
    house = the_house()
    building = building_meant(today(house))
    known = evacuations_of(building)
    unsettled = unsettled_in(each.id for each in known)
    rows = [
        {
            "title": title_of(each, house),
            "url": url_for("presence.drill", drill=each.handle),
            "badge": sort_badge(each.sort),
            "unsettled": unsettled_words(unsettled[each.id]),
            "is_running": each.ended_at is None,
            "by": each.started_by or "",
            "lasted": length_words(each.lasted) if each.lasted else "",
        }
        for each in known
    ]
    return render_template(
        "presence/drills.html",
        tabs=occupancy_tabs("presence.drills"),
        rows=rows,
        running=next((running_told(each, house) for each in known if each.ended_at is None), None),
        buildings=buildings_offered(building, house),
    )


@blueprint.get("/drills/<drill>")
@needs("see_evacuation")
def drill(drill: str):
    """The list to tick off while it runs, the report afterwards. `since`: asked by a page that has the rest already."""
    house = the_house()
    found, day = known_evacuation(drill), today(house)
    if request.headers.get("HX-Request") and "since" in request.args:
        return _news(found, day)
    if found.ended_at:
        running = running_in(found.building)
        return render_template(
            "presence/report.html",
            title=title_of(found, house),
            running=running and running_told(running, house),
            ticks_url=url_for("presence.marks", drill=found.handle),
            **report(found, lines_of(found.id), day),
        )
    # Before the lines are read: a mark made in between is told twice rather than never.
    since, lines, floor = last_mark(found.id), lines_of(found.id), _floor_asked(house)
    return render_template(
        "presence/drill.html",
        title=title_of(found, house),
        sort=sort_badge(found.sort),
        end_asked=end_asked(found, outcome(lines).unsettled),
        sheets_url=url_for("presence.sheets_of", drill=found.handle),
        floor=floor,
        floors=_floors(found, lines, floor, house),
        progress=progress(lines, house),
        seconds=EVERY_SECONDS,
        poll_url=_poll_url(found, since, floor),
        ticks_url=url_for("presence.marks", drill=found.handle),
        added=added_rows(lines, found, day),
        form=add_form(found, day),
        groups=lines_by_zone([line for line in lines if floor in ("", floor_of(line, house))], found, day),
    )


def _news(found: Evacuation, day: Day):
    """What others ticked off since; 204 where nobody did."""
    seen, floor = digits(request.args["since"]), _floor_asked(day.house)
    if seen is None:
        abort(400)
    if found.ended_at:
        return Response(headers={"HX-Redirect": url_for("presence.drill", drill=found.handle)})
    since = last_mark(found.id)
    if since == seen:
        return "", 204
    keys, lines = keys_marked_since(found.id, seen), lines_of(found.id)
    told = [line for line in lines if line.key in keys]
    fresh = [line for line in told if not line.is_added and floor in ("", floor_of(line, day.house))]
    return render_template(
        "presence/ticks.html",
        rows=rows_of(fresh, found, day),
        added=added_rows(lines, found, day) if any(line.is_added for line in told) else [],
        progress=progress(lines, day.house),
        end_asked=end_asked(found, outcome(lines).unsettled),
        poll_url=_poll_url(found, since, floor),
        seconds=EVERY_SECONDS,
    )


def _poll_url(found: Evacuation, since: int, floor: str) -> str:
    return url_for("presence.drill", drill=found.handle, since=since, floor=floor or None)


def _floor_asked(house: House) -> str:
    asked = request.args.get("floor", "")
    return asked if asked in house.floors else ""


def _floors(found: Evacuation, lines: list[ToClear], current: str, house: House) -> list[dict]:
    there = {floor_of(line, house) for line in lines if not line.is_added} - {""}
    if len(there) < 2:
        return []
    here = sorted(there, key=lambda code: (house.floors[code].level, code))
    return [
        {
            "label": name_in(house.floors, code) if code else _("Everywhere"),
            "current": code == current,
            "url": url_for("presence.drill", drill=found.handle, floor=code or None),
        }
        for code in ("", *here)
    ]

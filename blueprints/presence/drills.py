"""Evacuations and drills: ticked off by several wardens at once while they run, a dated report once they are over."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from blueprints.booking.day import Day
from blueprints.booking.views import today
from blueprints.occupancy.tabs import occupancy_tabs
from blueprints.presence import blueprint
from blueprints.presence.beginning import end_asked
from blueprints.presence.evacuation_words import sort_badge, title_of, unsettled_words
from blueprints.presence.known import known_evacuation
from blueprints.presence.marking import floor_of, lines_by_zone, progress, rows_of
from blueprints.presence.now import building_meant, buildings_offered
from blueprints.presence.report import report
from blueprints.presence.words import length_words, name_in
from blueprints.web.addresses import digits
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.actions.presence.evacuate import mark_line
from models.queries.evacuations import evacuations_of, keys_marked_since, last_mark, lines_of, unsettled_in
from models.queries.house import the_house
from models.rules.house.house import House
from models.rules.presence.evacuation import Evacuation, ToClear, outcome
from models.rules.refusals import BadRequest, Refused

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
        return render_template(
            "presence/report.html",
            title=title_of(found, house),
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
        groups=lines_by_zone([line for line in lines if floor in ("", floor_of(line, house))], found, day),
    )


@blueprint.post("/drills/<drill>/mark")
@needs("evacuate")
def mark(drill: str):
    """One line. With script only that line is answered, and how far everybody is."""
    key, word = request.form.get("key", ""), request.form.get("mark", "")
    found = known_evacuation(drill)
    day, is_quick = today(the_house()), bool(request.headers.get("HX-Request"))
    try:
        missing = digits(request.form.get("missing", "").strip()) or 0
        line = mark_line(found.id, key, word, missing, signed_in(), day.now)
    except (Refused, BadRequest) as error:
        flash(
            fault_sentence(error)
            if isinstance(error, BadRequest)
            else _("This is over: nothing can be ticked off any more."),
            "error",
        )
        return _to_the_page(found, is_quick)
    if is_quick:
        return _answered([line], lines_of(found.id), "", found, day)
    return redirect(
        url_for("presence.drill", drill=drill, floor=request.form.get("floor") or None, _anchor=f"line-{key}"), 303
    )


def _news(found: Evacuation, day: Day):
    """What others ticked off since; 204 where nobody did."""
    seen, floor = digits(request.args["since"]), _floor_asked(day.house)
    if seen is None:
        abort(400)
    if found.ended_at:
        return _to_the_page(found, True)
    since = last_mark(found.id)
    if since == seen:
        return "", 204
    keys, lines = keys_marked_since(found.id, seen), lines_of(found.id)
    fresh = [line for line in lines if line.key in keys and floor in ("", floor_of(line, day.house))]
    return _answered(fresh, lines, _poll_url(found, since, floor), found, day)


def _answered(fresh: list[ToClear], lines: list[ToClear], poll_url: str, found: Evacuation, day: Day) -> str:
    """To a page that has all the rest: these lines, and how far everybody is."""
    return render_template(
        "presence/ticks.html",
        rows=rows_of(fresh, found, day),
        progress=progress(lines, day.house),
        end_asked=end_asked(found, outcome(lines).unsettled),
        poll_url=poll_url,
        seconds=EVERY_SECONDS,
    )


def _poll_url(found: Evacuation, since: int, floor: str) -> str:
    return url_for("presence.drill", drill=found.handle, since=since, floor=floor or None)


def _floor_asked(house: House) -> str:
    asked = request.args.get("floor", "")
    return asked if asked in house.floors else ""


def _floors(found: Evacuation, lines: list[ToClear], current: str, house: House) -> list[dict]:
    there = {floor_of(line, house) for line in lines} - {""}
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


def _to_the_page(found: Evacuation, is_quick: bool):
    address = url_for("presence.drill", drill=found.handle)
    return Response(status=200, headers={"HX-Redirect": address}) if is_quick else redirect(address, 303)

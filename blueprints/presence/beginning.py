"""Beginning and ending an evacuation: each asks for a second press, on top of the page or on a page of its own."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.booking.views import today
from blueprints.presence import blueprint
from blueprints.presence.evacuation_words import (
    LOOKS,
    begin_words,
    end_label,
    end_question,
    ends_words,
    joined_words,
    title_of,
)
from blueprints.presence.known import known_evacuation
from blueprints.presence.now import building_meant
from blueprints.web.addresses import digits
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.actions.presence.evacuate import end_evacuation, start_evacuation
from models.queries.evacuations import evacuation, lines_of, running_in
from models.queries.house import the_house
from models.rules.presence.evacuation import SORTS, Evacuation, Unsettled, gives_way, outcome


@blueprint.get("/evacuation/begin")
@needs("evacuate")
def ask_to_begin() -> str | Response:
    """Where one runs that would be joined there is nothing to ask."""
    sort, building = request.args.get("sort", ""), building_meant(today(the_house()))
    if sort not in SORTS:
        abort(400)
    running = running_in(building)
    if running and sort not in sorts_to_begin(running):
        return _joined(running)
    return render_template("presence/begin.html", **begin_asked(sort, building, running))


@blueprint.post("/evacuation")
@needs("evacuate")
def begin_evacuation() -> Response:
    """`sure`: somebody was asked. Whoever presses second joins the first, and is told where it is of another sort."""
    day = today(the_house())
    building, sort = building_meant(day), request.form.get("sort", "")
    if sort not in SORTS or request.form.get("sure") != "1":
        return redirect(url_for("presence.ask_to_begin", sort=sort, building=building), 303)
    started = evacuation(start_evacuation(building, sort, signed_in(), day.now))
    assert started is not None, "it has just begun"
    if started.sort != sort:
        return _joined(started)
    return redirect(url_for("presence.drill", drill=started.handle), 303)


@blueprint.get("/drills/<drill>/end")
@needs("evacuate")
def ask_to_end(drill: str) -> str | Response:
    found = known_evacuation(drill)
    if found.ended_at:
        return redirect(url_for("presence.drill", drill=drill), 303)
    unsettled = outcome(lines_of(found.id)).unsettled
    return render_template("presence/end.html", title=title_of(found, the_house()), **end_asked(found, unsettled))


@blueprint.post("/drills/<drill>/end")
@needs("evacuate")
def end_drill(drill: str) -> Response:
    """`missing`: as many as whoever answers was told. If more are missing by now, they are asked again."""
    found = known_evacuation(drill)
    told = digits(request.form.get("missing", ""))
    if found.ended_at is None and (told is None or told < outcome(lines_of(found.id)).missing):
        if told is not None:
            flash(_("Meanwhile more people are missing."), "error")
        return redirect(url_for("presence.ask_to_end", drill=drill), 303)
    end_evacuation(found.id, signed_in(), today(the_house()).now)
    return redirect(url_for("presence.drill", drill=drill), 303)


def sorts_to_begin(running: Evacuation | None) -> tuple[str, ...]:
    """All, or those that are more serious than what runs."""
    return tuple(sort for sort in SORTS if running is None or gives_way(running.sort, sort))


def _joined(running: Evacuation) -> Response:
    flash(joined_words(running, the_house()), "warning")
    return redirect(url_for("presence.drill", drill=running.handle), 303)


def begin_asked(sort: str, building: str, running: Evacuation | None) -> dict[str, object]:
    """For the question, wherever it is asked. `running`: what ends when this begins."""
    _tone, icon = LOOKS[sort]
    return {
        "sort": sort,
        "icon_name": icon,
        "page_url": url_for("presence.ask_to_begin", sort=sort, building=building),
        "action": url_for("presence.begin_evacuation"),
        "hidden": {"building": building, "sort": sort, "sure": "1"},
        "ends": ends_words(running),
        **begin_words(sort),
    }


def end_asked(found: Evacuation, unsettled: Unsettled) -> dict[str, object]:
    return {
        "question": end_question(found, unsettled),
        "label": end_label(found.sort),
        "page_url": url_for("presence.ask_to_end", drill=found.handle),
        "list_url": url_for("presence.drill", drill=found.handle),
        "action": url_for("presence.end_drill", drill=found.handle),
        "hidden": {"missing": str(unsettled.missing)},
    }

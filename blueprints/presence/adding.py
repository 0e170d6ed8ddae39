"""Somebody who was not on the list is added by whichever warden meets them, and seen by the others."""

from __future__ import annotations

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for

from blueprints.booking.day import Day
from blueprints.booking.views import today
from blueprints.presence import blueprint
from blueprints.presence.beginning import end_asked
from blueprints.presence.known import known_evacuation
from blueprints.presence.marking import progress, tick_row
from blueprints.presence.ticking import why_not
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.presence.add_person import add_person
from models.queries.evacuations import lines_of
from models.queries.house import the_house
from models.rules.people.handles import new_handle
from models.rules.presence.evacuation import Added, Evacuation, ToClear, outcome
from models.rules.refusals import BadRequest, Refused


@blueprint.post("/drills/<drill>/add")
@needs("evacuate")
def add(drill: str):
    """With script only what changed is answered; what was refused stays in its form as it was typed."""
    found, day, is_quick = known_evacuation(drill), today(the_house()), bool(request.headers.get("HX-Request"))
    added = Added(*(request.form.get(name, "") for name in ("key", "description", "zone", "mark")))
    try:
        add_person(found.id, added, signed_in(), day.now)
    except (Refused, BadRequest) as error:
        if is_quick:
            return render_template("presence/added_refused.html", said=why_not(error))
        flash(why_not(error), "error")
        return redirect(url_for("presence.drill", drill=drill, _anchor="add"), 303)
    if not is_quick:
        return redirect(url_for("presence.drill", drill=drill, _anchor="added"), 303)
    lines = lines_of(found.id)
    return render_template(
        "presence/added_news.html",
        added=added_rows(lines, found, day),
        form=add_form(found, day),
        progress=progress(lines, day.house),
        end_asked=end_asked(found, outcome(lines).unsettled),
    )


def added_rows(lines: Iterable[ToClear], evacuation: Evacuation, day: Day) -> list[dict]:
    """Who was not on the list."""
    return [tick_row(line, {}, evacuation, day) for line in lines if line.is_added]


def add_form(evacuation: Evacuation, day: Day) -> dict[str, object]:
    """With which somebody is added. Its key is its own: sent twice it adds once."""
    zones = [zone for zone in day.house.zones.values() if zone.building == evacuation.building]
    return {
        "url": url_for("presence.add", drill=evacuation.handle),
        "key": new_handle(),
        "zones": sorted(((zone.code, zone.names.in_language(language())) for zone in zones), key=lambda each: each[1]),
    }

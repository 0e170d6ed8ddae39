"""What the last weeks teach: another usual length of a service, proposed to whoever may set it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.booking.messages import length_words
from blueprints.manage import blueprint
from blueprints.web.clock import now
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.places.set_minutes import set_minutes
from models.queries.house import the_house
from models.queries.line_pace import handled_lately
from models.rules.line.durations import Lesson, lesson
from models.rules.line.served import services_in
from models.rules.people.person import By
from models.rules.people.rights import holds
from models.rules.refusals import BadRequest, checked_value
from models.rules.values import SOME_MINUTES, InText


@blueprint.get("/proposals")
@needs("set_durations")
def proposals() -> str:
    """Of one's own organisation's services alone: how long talks take is theirs. One query."""
    house, mine = the_house(), signed_in().organisation
    services = {each.id: each for each in house.services.values() if each.organisation == mine}
    took = handled_lately(services, now(), house)
    lessons = [lesson(each.code, each.default_minutes, took.get(number, ())) for number, each in services.items()]
    return render_template(
        "manage/proposals.html",
        rows=[_row(each) for each in lessons if each and each.is_new],
        lines=_lines() if holds(signed_in(), "edit_zones") else [],
    )


def _lines() -> list[tuple[str, str]]:
    """Of each zone that has one: where it is set how it is called."""
    house = the_house()
    return [
        (zone.names.in_language(language()), url_for("manage.zone_line", code=zone.code))
        for zone in house.zones.values()
        if services_in(zone.code, house)
    ]


def _row(each: Lesson) -> dict[str, object]:
    return {
        "code": each.service,
        "name": the_house().services[each.service].names.in_language(language()),
        "now": length_words(each.minutes),
        "talks": each.talks,
        "fit": length_words(each.fit),
        "minutes": each.fit,
    }


@blueprint.post("/proposals/<code>")
@needs("set_durations")
def take_proposal(code: str) -> Response:
    try:
        minutes = checked_value("minutes", InText(SOME_MINUTES), request.form.get("minutes", "").strip())
        set_minutes(code, minutes, By(signed_in(), now()))
        flash(_("Saved."), "success")
    except BadRequest as bad:
        flash(fault_sentence(bad), "error")
    return redirect(url_for("manage.proposals"), 303)

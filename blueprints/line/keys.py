"""The keys of the line. Each is one press; pressed twice it is done once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.booking.told import first_sentence
from blueprints.line import blueprint
from blueprints.line.zone import Here, here
from blueprints.web.faults import fault_sentence
from blueprints.web.rights import needs
from models.actions.line.begin import begin
from models.actions.line.call_again import call_again
from models.actions.line.call_next import call_next
from models.actions.line.count_helped import count_helped
from models.actions.line.finish import OTHERS, finish
from models.actions.line.forward import forward
from models.actions.line.interrupt import interrupt, resume
from models.actions.line.out_of_order import call_out_of_order, make_urgent
from models.actions.line.park import park
from models.actions.line.put_back import put_back
from models.actions.line.send_away import send_away
from models.rules.people.person import By
from models.rules.refusals import BadRequest, Refused, checked_value
from models.rules.values import PRESS, InText

PLAIN: Mapping[str, Callable[[str, By], object]] = {
    "begin": begin,
    "back": put_back,
    "park": park,
    "away": send_away,
    "interrupt": interrupt,
}


@blueprint.post("/<zone>/next")
@needs("work_in_line")
def press_next(zone: str) -> Response:
    at = here(zone)
    return _done_where_they_sit(at, lambda place: call_next(zone, place, at.by))


@blueprint.post("/<zone>/helped")
@needs("work_in_line")
def press_helped(zone: str) -> Response:
    """At the quick desk: one press, one visitor who was helped."""
    at = here(zone)
    return _done(at, lambda: count_helped(zone, request.form.get("service", ""), at.by, _key(at)))


@blueprint.post("/<zone>/first")
@needs("work_in_line")
def put_first(zone: str) -> Response:
    """Somebody comes before others, by the number on their ticket. `how`: next, or called now."""
    at = here(zone)
    typed = request.form.get("number", "").strip()
    waiting = [each for each in at.parties() if each.state == "waiting" and str(each.number) == typed]
    if not waiting:
        flash(_("Nobody with the number %(number)s is waiting.", number=typed[:10]), "error")
        return _back_to(at)
    handle, reason, place = waiting[0].handle, request.form.get("reason", ""), at.place()
    if request.form.get("how") == "now" and place:
        return _done(at, lambda: call_out_of_order(handle, place, reason, at.by))
    return _done(at, lambda: make_urgent(handle, reason, at.by))


@blueprint.post("/<zone>/parties/<handle>/<verb>")
@needs("work_in_line")
def press(zone: str, handle: str, verb: str) -> Response:
    at = here(zone)
    if verb == "finish":
        return _done(at, lambda: finish(handle, at.by, request.form.get("outcome", ""), _others()))
    if verb == "forward":
        return _done(at, lambda: forward(handle, request.form.get("service", ""), at.by))
    if verb == "again":
        return _done(at, lambda: _again(handle, at))
    if verb == "resume":
        return _done_where_they_sit(at, lambda place: resume(handle, at.by, place))
    if verb not in PLAIN:
        abort(404)
    return _done(at, partial(PLAIN[verb], handle, at.by))


def _again(handle: str, at: Here) -> None:
    """Pressed twice in a breath it is one call: the second press is answered too."""
    if call_again(handle, at.by).state_at != at.now:
        flash(_("Just called."), "info")


def _key(at: Here) -> str | None:
    number = request.form.get("key", "")
    return f"{at.person.id}:{checked_value('key', PRESS, number)}" if number else None


def _others() -> int:
    return checked_value("others", InText(OTHERS), request.form.get("others", "").strip() or "0")


def _done_where_they_sit(at: Here, action: Callable[[str], object]) -> Response:
    place = at.place()
    if place is None:
        flash(_("Say first where you sit."), "error")
        return _back_to(at)
    return _done(at, lambda: action(place))


def _done(at: Here, action: Callable[[], object]) -> Response:
    """Back at the line, with a sentence where it could not be done."""
    try:
        action()
    except Refused as refused:
        flash(first_sentence(refused, at.house), "error")
    except BadRequest as bad:
        flash(fault_sentence(bad), "error")
    return _back_to(at)


def _back_to(at: Here) -> Response:
    place = request.values.get("place")
    return redirect(url_for("line.show", zone=at.zone.code, place=place or None), 303)

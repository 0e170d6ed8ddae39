"""Somebody is here: said at the reception by one press, and taken back within a minute."""

from __future__ import annotations

from collections.abc import Iterator

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.board import blueprint
from blueprints.booking.day import wall_clock
from blueprints.booking.told import first_sentence
from blueprints.web.identity import by
from blueprints.web.local_path import local_path
from blueprints.web.rights import needs
from models.actions.line.receive import receive, take_back_arrival
from models.queries.arrivals import Arrived
from models.queries.house import the_house
from models.rules.house.house import House
from models.rules.refusals import Refused


@blueprint.post("/<handle>/here")
@needs("receive_people")
def here(handle: str):
    house = the_house()
    try:
        arrived = receive(handle, by())
        flash(" ".join(_noted(arrived, house)), "success")
    except Refused as refused:
        flash(first_sentence(refused, house), "error")
    return _back()


@blueprint.post("/<handle>/not-here")
@needs("receive_people")
def not_here(handle: str):
    if take_back_arrival(handle, by()):
        flash(_("Taken back."), "success")
    else:
        flash(_("That can be taken back within a minute only."), "error")
    return _back()


def _noted(arrived: Arrived, house: House) -> Iterator[str]:
    yield _("Noted: here since %(time)s. Whoever it is for reads it now.", time=wall_clock(arrived.since, house))
    if arrived.number is not None:
        yield _("They are called with number %(number)s.", number=arrived.number)


def _back() -> Response:
    return redirect(local_path(request.form.get("next")) or url_for("board.whole_day"), 303)

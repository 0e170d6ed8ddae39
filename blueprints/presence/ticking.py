"""Ticking off: one line from a page without script, or all that a telephone has, whenever it has network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask import Response, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _

from blueprints.booking.views import today
from blueprints.presence import blueprint
from blueprints.presence.known import known_evacuation
from blueprints.web.addresses import digits
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.actions.presence.tick_off import mark_line, merge_ticks
from models.queries.house import the_house
from models.rules.presence.evacuation import Tick
from models.rules.refusals import BadRequest, Refused

MOST_TICKS = 200
A_YEAR = timedelta(days=365) // timedelta(milliseconds=1)  # the oldest age that a telephone may tell
FIELDS = ("id", "key", "mark", "missing", "age")


@blueprint.post("/drills/<drill>/mark")
@needs("evacuate")
def mark(drill: str):
    """One line."""
    found, key = known_evacuation(drill), request.form.get("key", "")
    try:
        missing = digits(request.form.get("missing", "").strip()) or 0
        mark_line(found.id, key, request.form.get("mark", ""), missing, signed_in(), today(the_house()).now)
    except (Refused, BadRequest) as error:
        flash(why_not(error), "error")
        return redirect(url_for("presence.drill", drill=drill), 303)
    return redirect(
        url_for("presence.drill", drill=drill, floor=request.form.get("floor") or None, _anchor=f"line-{key}"), 303
    )


@blueprint.post("/drills/<drill>/marks")
@needs("evacuate")
def marks(drill: str) -> tuple[Response, int] | Response:
    """What a telephone has, in order: FIELDS, each once a tick; `age` in milliseconds. Answers which were not taken, in
    words, by their id: all others stand here now, and need not be sent again."""
    found = known_evacuation(drill)
    sent = [request.form.getlist(field) for field in FIELDS]
    if not 1 <= len(sent[0]) <= MOST_TICKS or len({len(each) for each in sent}) > 1:
        return jsonify(field="id", said=fault_sentence(BadRequest("id", "too_many", most=MOST_TICKS))), 400
    ticks, faults = [], {}
    for name, tick in _read(zip(*sent, strict=True)):
        if isinstance(tick, BadRequest):
            faults[name] = tick
        else:
            ticks.append(tick)
    refused = {**faults, **merge_ticks(found.id, ticks, signed_in(), today(the_house()).now)}
    return jsonify(refused={name: why_not(error) for name, error in refused.items()})


def _read(sent: Iterator[tuple[str, ...]]) -> Iterator[tuple[str, Tick | BadRequest]]:
    """Shape only. One that cannot be read keeps no other out."""
    for name, key, word, missing, age in sent:
        old = digits(age, most=A_YEAR)
        if not (8 <= len(name) <= 40 and name.isascii() and name.isalnum()):
            yield name, BadRequest("id", "not_a_key")
        elif old is None:
            yield name, BadRequest("age", "out_of_range", least=0, most=A_YEAR)
        else:
            yield name, Tick(name, key, word, digits(missing) or 0, timedelta(milliseconds=old))


def why_not(error: Refused | BadRequest) -> str:
    """In words."""
    if isinstance(error, BadRequest):
        return fault_sentence(error)
    return _("This is over: nothing can be ticked off any more.")

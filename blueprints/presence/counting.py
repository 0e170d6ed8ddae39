"""Count who is in an open space: one page for each, with two large keys, made for a telephone."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.day import Day, wall_clock
from blueprints.booking.views import today
from blueprints.occupancy.tabs import occupancy_tabs
from blueprints.presence import blueprint
from blueprints.presence.now import building_meant, buildings_offered
from blueprints.presence.words import people_words
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.presence.count_people import STEP, count, tally
from models.queries.house import the_house
from models.queries.occupancy import people_expected
from models.queries.presence import counts_since
from models.rules.house.house import Space
from models.rules.presence.counts import COUNT_HOLDS, LiveCount
from models.rules.presence.occupancy import is_counted_for, most_in
from models.rules.refusals import BadRequest, checked_value
from models.rules.times.interval import Interval
from models.rules.values import PEOPLE, InText, Whole


@blueprint.get("/count")
@needs("count_people")
def counting() -> str:
    """The open spaces of a building with what was last counted there today. One query."""
    house = the_house()
    day = today(house)
    building = building_meant(day)
    known = {each.space: each for each in counts_since(house, day.during.start)}
    spaces = sorted(
        (
            space
            for space in house.spaces.values()
            if space.building == building and not space.exclusive and house.is_in_use(space, day.date)
        ),
        key=lambda space: (house.floors[space.floor].level, space.code),
    )
    return render_template(
        "presence/counting.html",
        tabs=occupancy_tabs("presence.counting"),
        buildings=buildings_offered(building, house),
        minutes=int(COUNT_HOLDS.total_seconds() // 60),
        rows=[
            _state(space, known.get(space.code), day) | {"url": url_for("presence.tallying", code=space.code)}
            for space in spaces
        ],
    )


@blueprint.get("/count/<code>")
@needs("count_people")
def tallying(code: str) -> str:
    house = the_house()
    day, space = today(house), _open_space(code)
    if request.headers.get("HX-Request"):
        return _number(space, day)
    return render_template(
        "presence/tally.html",
        booked=_booked_now(space, day),
        minutes=int(COUNT_HOLDS.total_seconds() // 60),
        **_facts(space, day),
    )


@blueprint.post("/count/<code>")
@needs("count_people")
def write_count(code: str):
    """`by`: one of the two keys. `persons`: the number itself. With script only the number is answered."""
    space, person, day = _open_space(code), signed_in(), today(the_house())
    try:
        if "by" in request.form:
            tally(code, _typed("by", STEP), person, day.now)
        else:
            count(code, _typed("persons", PEOPLE), person, day.now)
    except BadRequest as error:
        flash(fault_sentence(error), "error")
    if request.headers.get("HX-Request"):
        return _number(space, day)
    return redirect(url_for("presence.tallying", code=code), 303)


def _typed(field: str, kind: Whole) -> int:
    return checked_value(field, InText(kind), request.form.get(field, "").strip())


def _open_space(code: str) -> Space:
    space = the_house().spaces.get(code)
    if space is None or space.exclusive:
        abort(404)
    return space


def _number(space: Space, day: Day) -> str:
    return render_template("presence/tally_number.html", **_facts(space, day))


def _facts(space: Space, day: Day) -> dict:
    known = {each.space: each for each in counts_since(day.house, day.during.start)}
    return {
        "state": _state(space, known.get(space.code), day),
        "address": url_for("presence.tallying", code=space.code),
    }


def _state(space: Space, last: LiveCount | None, day: Day) -> dict:
    """A space with its last count of today, in words."""
    here, house = language(), day.house
    places, persons = most_in(house, space.code, day.date), last.persons if last else 0
    return {
        "code": space.code,
        "name": space.names.in_language(here),
        "persons": persons,
        "places": places,
        "zone": house.zones[space.zone].names.in_language(here),
        "is_counted": last is not None,
        "is_fresh": last is not None and last.until > day.now,
        "is_over": persons > places,
        "left": _left_words(places - persons),
        "when": _when_words(last, day),
    }


def _left_words(left: int) -> str:
    if left < 0:
        return ngettext("%(num)d more than there are places", "%(num)d more than there are places", -left)
    return ngettext("%(num)d place left", "%(num)d places left", left) if left else _("No place left")


def _when_words(last: LiveCount | None, day: Day) -> str:
    if last is None:
        return _("Nobody has counted today.")
    facts = {"time": wall_clock(last.at, day.house), "until": wall_clock(last.until, day.house)}
    if last.until > day.now:
        return _("Counted at %(time)s; holds until %(until)s.", **facts)
    return _("Counted at %(time)s: too long ago, it no longer holds. Count again.", **facts)


def _booked_now(space: Space, day: Day) -> str:
    """How many have booked a place there at this moment, for whoever may know; whoever came is among the counted."""
    if not is_counted_for(day.viewer, space):
        return ""
    this_minute = Interval(day.now, day.now + COUNT_HOLDS)
    expected = sum(
        each.persons or 0 for each in people_expected(day.house, [space], this_minute) if each.during.has(day.now)
    )
    return people_words(expected)

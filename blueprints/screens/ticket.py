"""A place in line, as whoever has it may read it: the number, how many are before, and the way to follow it. Neither
service nor zone: a ticket lies about."""

from __future__ import annotations

from datetime import timedelta

import segno
from flask import abort, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from blueprints.booking.messages import space_name
from blueprints.screens import blueprint
from blueprints.web.base_url import absolute
from blueprints.web.clock import now
from blueprints.web.dates import moment_text
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.queries.line import PlaceInLine, place_in_line
from models.rules.line.waiting import Waiting

STEP = timedelta(minutes=5)
FOLLOWED_EVERY = 10  # seconds
OVER = {"begun", "interrupted", "done"}
CALLED_BEFORE = OVER | {"called", "not_come"}


@blueprint.get("/line/place/<place>")
@needs("see_public_pages")
def place(place: str) -> str:
    """Followed on a telephone, by nobody who is known. Gone at the end of the day."""
    mine = place_in_line(place, now())
    if mine is None:
        abort(404)
    return render_template("screens/place.html", every=FOLLOWED_EVERY, **ticket_facts(place, mine))


def ticket_facts(handle: str, mine: PlaceInLine) -> dict[str, object]:
    url = absolute(url_for("screens.place", place=handle))
    return {
        "number": mine.number,
        "state": _state_words(mine),
        "wait": wait_words(mine.waits),
        "is_called": mine.state == "called",
        "is_to_be_called": mine.state not in CALLED_BEFORE,
        "at": moment_text(now()),
        "url": url,
        "qr": Markup(segno.make(url, error="m").svg_inline(border=3, dark="#000", light="#fff", omitsize=True)),
    }


def wait_words(waits: Waiting) -> str:
    """The range in steps of five minutes, never narrower than it is; nothing where too little is known."""
    if waits.least is None or waits.most is None:
        return ""
    least, most = waits.least // STEP * 5, -(-waits.most // STEP) * 5
    return _("Nine times of ten it takes %(least)s to %(most)s minutes.", least=least, most=max(most, 5))


def _state_words(mine: PlaceInLine) -> str:
    if mine.state == "called" and mine.place:
        return _("It is your turn: %(place)s.", place=space_name(mine.place, the_house()))
    if mine.state == "waiting":
        return _before_words(mine.before)
    if mine.state == "not_come":
        return _("You were called and did not come. Ask at the reception.")
    if mine.state in OVER:
        return _("Your turn has come.")
    return _("Wait a moment: you are called again.")


def _before_words(before: int) -> str:
    if not before:
        return _("Nobody is before you.")
    return ngettext("%(num)d party is before you.", "%(num)d parties are before you.", before)

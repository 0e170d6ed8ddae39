"""Names while somebody types one: colleagues, or everyone for those who book for anyone."""

from __future__ import annotations

from flask import render_template, request

from blueprints.booking import blueprint
from blueprints.booking.asking import bookable_for
from blueprints.booking.forms import NAMED
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.rules.values import LONGEST_LINE

SHORTEST = 2


@blueprint.get("/bookings/people")
@needs("book_for_colleagues")
def people():
    """Options for a list of suggestions: a few, from the second letter on."""
    typed = next((request.args[name].strip() for name in NAMED if request.args.get(name)), "")
    found = bookable_for(signed_in(), typed[:LONGEST_LINE], limit=10) if len(typed) >= SHORTEST else []
    return render_template("booking/people.html", people=found)

"""Names while somebody types one: those whom they may name there, and nobody else."""

from __future__ import annotations

from flask import render_template, request

from blueprints.booking import blueprint
from blueprints.booking.asking import suggested
from blueprints.booking.forms import NAMED
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.rules.values import LONGEST_LINE

SHORTEST = 2


@blueprint.get("/bookings/people")
@needs("book_for_colleagues")
def people():
    """Options for a list of suggestions: a few, from the second letter on."""
    field = next((name for name in NAMED if request.args.get(name)), NAMED[0])
    typed = request.args.get(field, "").strip()[:LONGEST_LINE]
    found = suggested(field, signed_in(), the_house(), typed, limit=10) if len(typed) >= SHORTEST else []
    return render_template("booking/people.html", people=found)

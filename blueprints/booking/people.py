"""Names while somebody types one: colleagues, or everyone for those who book for anyone."""

from __future__ import annotations

from flask import render_template, request

from blueprints.booking import blueprint
from blueprints.booking.forms import NAMED
from blueprints.web.identity import current_person
from blueprints.web.rights import needs
from models.queries.people import colleagues_like
from models.rules.rights import holds
from models.rules.values import LONGEST_LINE

SHORTEST = 2


@blueprint.get("/bookings/people")
@needs("book_for_colleagues")
def people():
    """Options for a list of suggestions: a few, from the second letter on."""
    typed = next((request.args[name].strip() for name in NAMED if request.args.get(name)), "")
    person = current_person()
    anywhere = holds(person, "book_for_anyone")
    found = colleagues_like(typed[:LONGEST_LINE], None if anywhere else person.organisation, limit=10) \
        if len(typed) >= SHORTEST else []
    return render_template("booking/people.html", people=found)

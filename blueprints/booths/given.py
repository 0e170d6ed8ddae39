"""The booth that somebody was just given, to be read aloud to them: where, until when, under which code; nothing else,
for they look at the screen too."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from blueprints.booking.day import wall_clock
from blueprints.booking.show import Look, attendance_actions, booking_at
from blueprints.booking.told import sentences
from blueprints.booths import blueprint
from blueprints.web.base_url import base_path
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.people.discretion import Viewer, seen_by


@blueprint.get("/now/<handle>")
@needs("see_bookings")
def given(handle: str):
    """For its party; anybody else is led to what they may see of it."""
    house, booking = the_house(), booking_at(handle)
    look = Look(Viewer.of(signed_in(), house), now(), base_path() + request.path)
    seen = seen_by(look.viewer, booking)
    if not seen.is_full or booking.status not in HOLDS_PLACE:
        return redirect(url_for("booking.one", handle=handle))
    space = house.spaces[seen.space]
    return render_template(
        "booths/given.html",
        seen=seen,
        place=space.names.in_language(language()),
        floor=house.floors[space.floor].names.in_language(language()),
        until=_("until %(time)s", time=wall_clock(seen.during.end, house)),
        warnings=sentences(seen.warnings, house),
        actions=list(attendance_actions(booking, look)),
    )

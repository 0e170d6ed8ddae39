"""One press each: check in, give back."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.booking import blueprint
from blueprints.booking.show import booking_at
from blueprints.booking.told import first_sentence
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.local_path import local_path
from blueprints.web.rights import needs
from models.actions.bookings import attend
from models.queries.house import the_house
from models.rules.refusals import IsKept, Refused


@blueprint.errorhandler(IsKept)
def to_the_form(_error: IsKept) -> Response:
    """Only the form of walk-ins keeps a place while somebody types."""
    return redirect(url_for("booths.walk_in_form"), 303)


@blueprint.post("/bookings/<handle>/check-in")
@needs("change_attendance")
def check_in(handle: str):
    return _attended(attend.check_in, handle, _("You are checked in."))


@blueprint.post("/bookings/<handle>/release")
@needs("change_attendance")
def release(handle: str):
    return _attended(attend.release, handle, _("Thank you: the place is free for somebody else."))


def _attended(action, handle: str, said: str):
    booking = booking_at(handle)
    try:
        action(booking.id, signed_in(), now())
        flash(said, "success")
    except Refused as refused:
        flash(first_sentence(refused, the_house()), "error")
    return redirect(back_to(handle), 303)


def back_to(handle: str) -> str:
    """The page from which a button was pressed, else the booking's own."""
    return local_path(request.form.get("next")) or url_for("booking.one", handle=handle)

"""Cancelling: asked once more first, for one date of a series or for several."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from blueprints.booking import blueprint
from blueprints.booking.messages import space_name, when_words
from blueprints.booking.show import booking_at
from blueprints.booking.told import first_sentence
from blueprints.web.clock import now
from blueprints.web.identity import by, signed_in
from blueprints.web.opened import opened
from blueprints.web.rights import needs
from models.actions.bookings.cancel import cancel as cancel_booking
from models.actions.bookings.may_change import SCOPES, booking_to_change
from models.queries.house import the_house
from models.rules.people.discretion import Viewer
from models.rules.refusals import Refused


@blueprint.get("/bookings/<handle>/cancel")
@needs("change_booking")
def cancel_form(handle: str):
    house = the_house()
    booking = opened(Viewer.of(signed_in(), house), booking_to_change(handle, by(), house))
    return render_template(
        "booking/cancel.html",
        handle=handle,
        is_series=bool(booking.series),
        is_group=bool(booking.group),
        when=when_words(booking.during, house),
        place=space_name(booking.space, house),
    )


@blueprint.post("/bookings/<handle>/cancel")
@needs("change_booking")
def cancel(handle: str):
    scope, booking = request.form.get("scope", "this"), booking_at(handle)
    try:
        cancel_booking(booking.id, signed_in(), now(), scope if scope in SCOPES else "this")
        flash(_("Cancelled. The place is free for somebody else."), "success")
    except Refused as refused:
        flash(first_sentence(refused, the_house()), "error")
    return redirect(url_for("booking.one", handle=handle), 303)

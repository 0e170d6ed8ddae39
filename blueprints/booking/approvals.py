"""What waits for somebody's word: approve with one press, decline with a reason."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from blueprints.booking import blueprint
from blueprints.booking.attendance import back_to
from blueprints.booking.forms import ReasonForm
from blueprints.booking.messages import refusal_sentence, when_words
from blueprints.booking.show import Look, booking_row, decision_actions
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from blueprints.web.language import language
from blueprints.web.local_path import local_path
from blueprints.web.rights import needs
from models.actions import decide
from models.queries.bookings import booked, bookings_awaiting
from models.queries.house import the_house
from models.rules.discretion import Booked, Viewer
from models.rules.refusals import NotFound, Refused


@blueprint.get("/approvals")
@needs("see_approvals")
def approvals():
    look = Look(Viewer.of(current_person(), the_house()), now(), url_for("booking.approvals"))
    return render_template("booking/approvals.html", rows=rows_awaiting(look))


def rows_awaiting(look: Look, limit: int = 200) -> list[dict]:
    """What waits for one of this person's roles. Of a booking they may see only as busy they learn how many people
    come: without that there is nothing to decide on."""
    found = bookings_awaiting(look.viewer.person.roles, look.now, limit)
    return [booking_row(booking, look, actions=decision_actions(booking, look))
            | {"people": look.viewer.persons_to_decide_on(booking)} for booking in found]


@blueprint.post("/bookings/<int:booking_id>/approve")
@needs("decide_approvals")
def approve(booking_id: int):
    try:
        after = decide.approve(booking_id, current_person(), now())
        waits = _("Your word is noted; somebody else's is still awaited.")
        flash(waits if after.status == "pending" else _("Approved."), "success")
    except Refused as refused:
        flash(refusal_sentence(refused.refusals[0], the_house()), "error")
    return redirect(back_to(booking_id), 303)


@blueprint.get("/bookings/<int:booking_id>/decline")
@needs("decide_approvals")
def decline_form(booking_id: int):
    return _decline_page(_to_decide_on(booking_id), ReasonForm())


@blueprint.post("/bookings/<int:booking_id>/decline")
@needs("decide_approvals")
def decline(booking_id: int):
    form = ReasonForm()
    if not form.validate() or not form.reason.data.strip():
        return _decline_page(_to_decide_on(booking_id), form), 400
    try:
        decide.decline(booking_id, current_person(), now(), form.reason.data)
        flash(_("Declined. Whoever asked for it reads your reason."), "success")
    except Refused as refused:
        flash(refusal_sentence(refused.refusals[0], the_house()), "error")
    return redirect(back_to(booking_id), 303)


def _to_decide_on(booking_id: int) -> Booked:
    booking = booked(booking_id)
    if booking is None or not Viewer.of(current_person(), the_house()).may_decide_on(booking):
        raise NotFound
    return booking


def _decline_page(booking: Booked, form: ReasonForm) -> str:
    house = the_house()
    return render_template(
        "booking/decline.html", form=form, booking_id=booking.id, when=when_words(booking.during, house),
        place=house.spaces[booking.space].names.in_language(language()),
        back=local_path(request.values.get("next")) or url_for("booking.one", booking_id=booking.id))

"""What waits for somebody's word: approve with one press, decline with a reason; one by one, or many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import Optional

from blueprints.booking import blueprint
from blueprints.booking.attendance import back_to
from blueprints.booking.forms import ReasonForm, choices
from blueprints.booking.letter import declined_rows
from blueprints.booking.messages import space_name, when_words
from blueprints.booking.reasons import prepared_reasons
from blueprints.booking.request_rows import request_rows
from blueprints.booking.show import Look, booking_at, booking_where
from blueprints.booking.told import first_sentence
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.local_path import local_path
from blueprints.web.rights import needs
from blueprints.web.value_field import ValueField
from models.actions.bookings import decide
from models.queries.bookings import numbers_under
from models.queries.house import the_house
from models.rules.bookings.fields import Booked
from models.rules.people.discretion import Viewer
from models.rules.people.handles import is_handle
from models.rules.refusals import NotFound, Refused
from models.rules.values import LONGEST_NOTE, NOTE

MOST_TOLD = 4  # why not, of so many: it travels in a cookie


class TogetherForm(FlaskForm):
    """One decision on every request that is ticked."""

    prepared = SelectField(lazy_gettext("Why not?"), [Optional()], validate_choice=False)
    reason = ValueField(lazy_gettext("Or in your own words"), NOTE)

    def __init__(self) -> None:
        super().__init__()
        self.prepared.choices = choices({"": _("Choose a reason")} | prepared_reasons())

    @property
    def why_not(self) -> str:
        """What is to be written down: their own words before a prepared reason."""
        chosen = self.prepared.data if self.prepared.data in prepared_reasons() else ""
        return (self.reason.data or "").strip() or chosen


@blueprint.get("/approvals")
@needs("see_approvals")
def approvals():
    """`?tick=all` ticks them all, for whoever has no script."""
    return _approvals_page(TogetherForm(), None if request.args.get("tick") == "all" else ())


def _approvals_page(form: TogetherForm, picked: Collection[str] | None) -> str:
    look = Look(Viewer.of(signed_in(), the_house()), now(), url_for("booking.approvals"))
    return render_template(
        "booking/approvals.html",
        rows=request_rows(look, picked),
        form=form,
        all_picked=picked is None,
        reasons=prepared_reasons(),
        declined=declined_rows(look),
        longest=LONGEST_NOTE,
    )


@blueprint.post("/approvals")
@needs("decide_approvals")
def decide_together():
    form, verb = TogetherForm(), request.form.get("verb")
    picked = [each for each in request.form.getlist("booking") if is_handle(each)][: decide.MOST_AT_ONCE]
    if (
        not form.validate()
        or not picked
        or verb not in ("approve", "decline")
        or (verb == "decline" and not form.why_not)
    ):
        if not picked:
            form.form_errors.append(_("Tick at least one request."))
        elif verb == "decline" and not form.errors:
            form.prepared.errors = [_("Give a reason: whoever asked will read it.")]
        return _approvals_page(form, picked), 400
    _tell_what_came_of_it(
        decide.approve_all(numbers_under(picked), signed_in(), now())
        if verb == "approve"
        else decide.decline_all(numbers_under(picked), signed_in(), now(), form.why_not)
    )
    return redirect(url_for("booking.approvals"), 303)


def _tell_what_came_of_it(decided: decide.Decided) -> None:
    """One line for each outcome, and for each request that could not be decided why not."""
    house, number = the_house(), Counter(booking.status for booking in decided.bookings)
    if number["confirmed"]:
        flash(ngettext("%(num)d request approved.", "%(num)d requests approved.", number["confirmed"]), "success")
    if number["declined"]:
        flash(
            ngettext(
                "%(num)d request declined. Whoever asked reads your reason.",
                "%(num)d requests declined. Whoever asked reads your reason.",
                number["declined"],
            ),
            "success",
        )
    if number["pending"]:
        flash(
            ngettext(
                "%(num)d request has your word; somebody else's is still awaited.",
                "%(num)d requests have your word; somebody else's is still awaited.",
                number["pending"],
            ),
            "info",
        )
    for booking, refused in decided.left[:MOST_TOLD]:
        flash(
            _(
                "%(place)s, %(when)s: %(why)s",
                place=space_name(booking.space, house),
                when=when_words(booking.during, house),
                why=first_sentence(refused, house),
            ),
            "error",
        )
    more = len(decided.left) - MOST_TOLD
    if more > 0:
        flash(
            ngettext("%(num)d other could not be decided either.", "%(num)d others could not be decided either.", more),
            "error",
        )
    if not decided.bookings and not decided.left:
        flash(_("None of these waits for you any more."), "error")


@blueprint.post("/bookings/<handle>/approve")
@needs("decide_approvals")
def approve(handle: str):
    booking = booking_at(handle, was_asked=True)
    try:
        after = decide.approve(booking.id, signed_in(), now())
        waits = _("Your word is noted; somebody else's is still awaited.")
        flash(waits if after.status == "pending" else _("Approved."), "success")
    except Refused as refused:
        flash(first_sentence(refused, the_house()), "error")
    return redirect(_onward(handle), 303)


@blueprint.get("/bookings/<handle>/decline")
@needs("decide_approvals")
def decline_form(handle: str):
    return _decline_page(booking_where(Viewer.may_decide_on, handle), ReasonForm())


@blueprint.post("/bookings/<handle>/decline")
@needs("decide_approvals")
def decline(handle: str):
    """`prepared`: the code of a reason that stood ready; else `reason`, as it was typed."""
    form, reason, booking = ReasonForm(), request.form.get("prepared"), booking_at(handle, was_asked=True)
    if reason not in prepared_reasons():
        if not form.validate() or not form.reason.data.strip():
            return _decline_page(booking_where(Viewer.may_decide_on, handle), form), 400
        reason = form.reason.data
    try:
        decide.decline(booking.id, signed_in(), now(), reason)
        flash(_("Declined. Whoever asked for it reads your reason."), "success")
    except Refused as refused:
        flash(first_sentence(refused, the_house()), "error")
    return redirect(_onward(handle), 303)


def _onward(handle: str) -> str:
    """Back to where the button was; on to what still waits, where the booking is nothing any more to whoever decided
    on it: they saw no more than a taken place."""
    back = back_to(handle)
    if back != url_for("booking.one", handle=handle):
        return back
    try:
        booking_at(handle)
    except NotFound:
        return url_for("booking.approvals")
    return back


def _decline_page(booking: Booked, form: ReasonForm) -> str:
    house = the_house()
    return render_template(
        "booking/decline.html",
        form=form,
        handle=booking.handle,
        when=when_words(booking.during, house),
        place=space_name(booking.space, house),
        reasons=prepared_reasons(),
        back=local_path(request.values.get("next")) or url_for("booking.one", handle=booking.handle),
    )

"""A taken space claimed in the name of a body that comes first: offered to who may claim, asked of who holds it."""

from __future__ import annotations

from collections.abc import Iterable

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.validators import DataRequired

from blueprints.booking import blueprint
from blueprints.booking.forms import choices
from blueprints.booking.messages import space_name, when_words
from blueprints.booking.show import booking_where
from blueprints.booking.told import sentences
from blueprints.web.identity import by
from blueprints.web.language import language
from blueprints.web.rights import needs
from blueprints.web.value_field import ValueField
from models.actions.plans.answer_claim import answer_claim
from models.queries.claims import Asked, asked_about
from models.queries.house import the_house
from models.queries.plans import kept_plan
from models.rules.bookings.fields import Booked
from models.rules.house.house import House, Precedence
from models.rules.people.discretion import Viewer
from models.rules.refusals import NotFound, Refused
from models.rules.values import REASON

ANSWERS = {"yes": True, "no": False}


class ClaimForm(FlaskForm):
    """Beside the booking's own fields, which are sent along."""

    precedence = SelectField(_l("In the name of"), [DataRequired(_l("Choose in whose name."))])
    claim_reason = ValueField(_l("Why this space"), REASON, _l("Say why: whoever makes way reads it."))


def claim_form(bodies: Iterable[Precedence]) -> ClaimForm:
    """Of several nobody is the usual one: a claim in a higher name than was meant takes more than it should."""
    form = ClaimForm()
    named = {
        each.code: _("%(body)s (rank %(rank)s)", body=each.names.in_language(language()), rank=each.rank)
        for each in bodies
    }
    form.precedence.choices = choices(named if len(named) == 1 else {"": _("Choose")} | named)
    return form


@blueprint.get("/bookings/<handle>/claim")
@needs("see_bookings")
def claimed(handle: str) -> Response | str:
    """Whether one leaves one's place: who asks, why, and which place one would get."""
    house, booking = the_house(), booking_where(Viewer.is_party_to, handle)
    rows = [asked_row(each, house) for each in asked_about(booking.id)]
    if not rows:
        flash(_("Nobody asks for this place any more."), "info")
        return redirect(url_for("booking.one", handle=handle), 303)
    return render_template(
        "booking/claim.html",
        rows=rows,
        handle=handle,
        when=when_words(booking.during, house),
        place=space_name(booking.space, house),
    )


@blueprint.post("/bookings/<handle>/claim")
@needs("change_booking")
def answer(handle: str) -> Response:
    booking = booking_where(Viewer.is_party_to, handle)
    plan, agrees = kept_plan(request.form.get("plan", "")), ANSWERS.get(request.form.get("answer", ""))
    if agrees is None:
        abort(400)
    if plan is None:
        raise NotFound
    try:
        answer_claim(plan.id, booking.id, agrees, by(), seen=request.form.get("seen") or None)
        flash(
            _("Thank you. You move as soon as the claim is applied; you get a mail then.")
            if agrees
            else _("Noted: you keep your place. Who asked can read it."),
            "success",
        )
    except Refused as refused:
        flash(_too_late(refused.refusals[0].code), "warning")
    return redirect(url_for("booking.one", handle=handle), 303)


def asked_row(asked: Asked, house: House) -> dict[str, object]:
    after, before = when_words(asked.to_during, house), when_words(asked.during, house)
    return {
        "plan": asked.plan,
        "handle": asked.handle,
        "seen": asked.to,
        "answer": asked.consent,
        "place": space_name(asked.space, house),
        "code": asked.space,
        "when": before,
        "to": space_name(asked.to, house),
        "to_code": asked.to,
        "to_when": "" if after == before else after,
        "floor": house.floors[house.spaces[asked.to].floor].names.in_language(language()),
        "why": " ".join(sentences(asked.why, house)),
        "reason": asked.reason,
        "action": url_for("booking.answer", handle=asked.handle),
    }


def asked_rows_of(booking: Booked, viewer: Viewer) -> list[dict[str, object]]:
    """For its own page; for its party alone."""
    if not viewer.is_party_to(booking):
        return []
    return [asked_row(each, viewer.house) for each in asked_about(booking.id)]


def _too_late(code: str) -> str:
    return {
        "plan_outdated": _("Another place is meant for you by now. Look at it, and answer again."),
        "plan_applied_before": _("This was settled meanwhile."),
        "plan_discarded": _("Nobody asks for this place any more."),
    }.get(code, _("This is no longer possible for this booking."))

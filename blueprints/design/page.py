"""/design: every colour, size, state and component of the house in real use, each measured or rendered as it is."""

from __future__ import annotations

from flask import abort, current_app, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.booking.forms import choices
from blueprints.design import blueprint, samples
from blueprints.design.colours import measured_tokens, organisation_shades
from blueprints.design.form import SPACES, SampleForm
from blueprints.design.sizes import icon_names, spaces, type_sizes
from blueprints.web.language import house_or_none
from blueprints.web.rights import needs
from models.rules.bookings.attendance import STATUSES
from models.rules.bookings.fields import PRIVACIES


@blueprint.before_request
def only_where_people_build_or_try() -> None:
    """A town's own visitors have nothing to find here."""
    if not (current_app.config["TREFPUNT_DEMO"] or current_app.debug or current_app.testing):
        abort(404)


@blueprint.get("")
@needs("see_public_pages")
def show() -> Response:
    """Costs no query: the house is kept in memory."""
    house = house_or_none()
    answer = make_response(
        render_template(
            "design/show.html",
            tokens=measured_tokens(),
            organisations=organisation_shades(house),
            type_sizes=type_sizes(),
            spaces=spaces(),
            icon_names=icon_names(),
            samples=samples,
            statuses=STATUSES,
            privacies=PRIVACIES,
            form=SampleForm(formdata=None, attendees=8),
            wrong=_filled_in_wrongly(),
            filters=_filters(),
        )
    )
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@blueprint.post("")
@needs("see_public_pages")
def press() -> Response:
    """Where every button of a sample leads: nothing is changed."""
    flash(_("Nothing has changed: this was a sample."), "info")
    return redirect(url_for("design.show"), 303)


@blueprint.get("/question")
@needs("see_public_pages")
def question() -> str:
    """The page that the sample of a dialog asks its question on, for whoever has no script."""
    return render_template("design/question.html")


def _filters() -> SampleForm:
    filters = SampleForm(formdata=None, prefix="filter-", meta={"csrf": False}, attendees=8, kind="VZ-101")
    filters.kind.choices = choices(SPACES)
    return filters


def _filled_in_wrongly() -> SampleForm:
    wrong = SampleForm(formdata=None, prefix="wrong-", meta={"csrf": False}, attendees=0, kind="VZ-101")
    wrong.validate()
    return wrong

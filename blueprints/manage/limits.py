"""How many people a zone, a floor or the whole building may hold at one instant."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from blueprints.booking.messages import bad_request_sentence
from blueprints.manage import blueprint
from blueprints.manage.forms import LimitForm, limit_form
from blueprints.manage.history import limit_history
from blueprints.manage.plans_progress import to_a_plan
from blueprints.manage.words import above_rows, change_words, people
from blueprints.web.clock import now
from blueprints.web.identity import by, current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.apply_changes import apply_changes, effects_of
from models.queries.above import bookings_above
from models.queries.house import the_house
from models.queries.place_changes import changes_after, last_change
from models.rules.above import AboveLimit
from models.rules.changes.limits import SetLimit
from models.rules.discretion import Viewer
from models.rules.house import Building, Floor, House, Zone
from models.rules.interval import civil_date
from models.rules.refusals import BadRequest, Refused
from models.rules.values import Scope


@blueprint.route("/zones/<code>", methods=["GET", "POST"])
@needs("set_limits")
def zone(code: str) -> AnyResponse | str | tuple[str, int]:
    return _limit("zone", code)


@blueprint.route("/floors/<code>", methods=["GET", "POST"])
@needs("set_limits")
def floor(code: str) -> AnyResponse | str | tuple[str, int]:
    return _limit("floor", code)


@blueprint.route("/building/<code>", methods=["GET", "POST"])
@needs("set_limits")
def building(code: str) -> AnyResponse | str | tuple[str, int]:
    return _limit("building", code)


def _limit(scope: str, code: str) -> AnyResponse | str | tuple[str, int]:
    house = the_house()
    if code not in _places(scope, house):
        abort(404)
    today = civil_date(now(), house.zone)
    form = limit_form(house.limit(scope, code, today), today, last_change(scope, code))
    if request.method == "GET":
        return _page(scope, code, form)
    if not form.validate():
        return _page(scope, code, form), 400
    return _tried_or_saved(scope, code, form)


def _places(scope: str, house: House) -> Mapping[str, Zone | Floor | Building]:
    return {"zone": house.zones, "floor": house.floors, "building": house.buildings}[scope]


def _tried_or_saved(scope: str, code: str, form: LimitForm) -> AnyResponse | str | tuple[str, int]:
    change = SetLimit(Scope(scope, code), form.max_persons.data, first=form.valid_from.data)
    try:
        step = request.form.get("step")
        if step == "plan":
            return _planned(change, form)
        if step != "leave":
            above = effects_of([change], by(), form.reason.data).above
            if above or step == "preview":
                return _page(scope, code, form, effects=above)
        return _saved(change, form)
    except BadRequest as wrong:
        field = {"from": form.valid_from}.get(wrong.field) or form[wrong.field]
        field.errors = [*field.errors, bad_request_sentence(wrong)]
        return _page(scope, code, form), 400
    except Refused:
        changes = changes_after(scope, code, form.last_seen)
        form.seen.data = str(last_change(scope, code))
        return _page(scope, code, form, meanwhile=[change_words(each) for each in changes]), 409


def _planned(change: SetLimit, form: LimitForm) -> AnyResponse:
    """A plan knows one line of why: the ground stands in it too."""
    reason = "; ".join(filter(None, (form.reason.data, form.legal_basis.data)))
    return to_a_plan([change], reason)


def _saved(change: SetLimit, form: LimitForm) -> Response:
    above = apply_changes([change], by(), reason=form.reason.data, legal_basis=form.legal_basis.data,
                          seen=form.last_seen).above
    flash(_("Saved."), "success")
    if above:
        flash(ngettext("During %(num)d booking there would be more people than the new limit allows.",
                       "During %(num)d bookings there would be more people than the new limit allows.", len(above)),
              "warning")
    return redirect(url_for(f"manage.{change.place.sort}", code=change.code), 303)


def _page(scope: str, code: str, form: LimitForm, *, effects: tuple[AboveLimit, ...] | None = None,
          meanwhile: list[str] | None = None) -> str:
    house = the_house()
    above = bookings_above(scope, code, house, now()) if effects is None else effects
    return render_template(
        "manage/limit.html", form=form, scope=scope, code=code,
        name=_places(scope, house)[code].names.in_language(language()),
        present=people(house.limit(scope, code, civil_date(now(), house.zone))),
        above=above_rows(above, Viewer.of(current_person(), house)), is_preview=effects is not None,
        meanwhile=meanwhile or [], history=limit_history(scope, code, house, now()))

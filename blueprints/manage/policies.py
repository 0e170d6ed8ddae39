"""How a space is booked: steps, lengths, buffers, approval, privacy, safety; from a date on, with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from blueprints.manage import blueprint
from blueprints.manage.history import rules_history
from blueprints.manage.place_words import say_fault
from blueprints.manage.plans_progress import to_a_plan
from blueprints.manage.policy_forms import PolicyForm, policy_form, present_values
from blueprints.manage.words import above_rows, change_words, layout_rows
from blueprints.web.clock import now
from blueprints.web.identity import by, current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.apply_changes import apply_changes, effects_of
from models.queries.house import the_house
from models.queries.place_changes import changes_after, last_change
from models.rules.above import AboveLimit
from models.rules.changes.spaces import SetPolicy, rules_set_by
from models.rules.discretion import Viewer
from models.rules.house import House, Space
from models.rules.interval import civil_date
from models.rules.refusals import BadRequest, Refused
from models.rules.values import Scope


@blueprint.route("/places/<code>/rules", methods=["GET", "POST"])
@needs("set_space_capacity")
def policy(code: str) -> AnyResponse | str | tuple[str, int]:
    house, space, form = _form_or_abort(code)
    if request.method == "GET":
        return _page(form, house, space)
    values = form.changed(house.policy(code, civil_date(now(), house.zone))) if form.validate() else {}
    if not values:
        if not form.errors:
            form.form_errors = [_("Change something first: nothing here differs from what holds now.")]
        return _page(form, house, space), 400
    change = SetPolicy(Scope("space", code), values, first=form.valid_from.data)
    try:
        step = request.form.get("step")
        if step == "plan":
            return to_a_plan([change], form.reason.data)
        if step != "leave":
            above = effects_of([change], by(), form.reason.data).above
            if above or step == "preview":
                return _page(form, house, space, effects=above)
        return _saved(change, form)
    except BadRequest as wrong:
        say_fault(form, wrong, {"from": "valid_from"})
        return _page(form, house, space), 400
    except Refused:
        return _changed_meanwhile(code, form)


def _form_or_abort(code: str) -> tuple[House, Space, PolicyForm]:
    house = the_house()
    if code not in house.spaces:
        abort(404)
    space = house.spaces[code]
    allowed = rules_set_by(current_person(), space.owner)
    if not allowed:
        abort(403)
    today = civil_date(now(), house.zone)
    return house, space, policy_form(house.policy(code, today), allowed, today, last_change("space", code))


def _saved(change: SetPolicy, form: PolicyForm) -> Response:
    above = apply_changes([change], by(), reason=form.reason.data, seen=form.last_seen).above
    flash(_("Saved. Bookings that exist stay as they are; new ones are judged by these rules."), "success")
    if above:
        flash(ngettext("%(num)d booking now stands above the limit. It stays as it is until somebody moves it.",
                       "%(num)d bookings now stand above the limit. They stay as they are until somebody moves them.",
                       len(above)), "warning")
    return redirect(url_for("manage.policy", code=change.code), 303)


def _changed_meanwhile(code: str, form: PolicyForm) -> tuple[str, int]:
    changes = changes_after("space", code, form.last_seen)
    house = the_house()
    form.show_present(present_values(house.policy(code, civil_date(now(), house.zone))), last_change("space", code))
    return _page(form, house, house.spaces[code], meanwhile=[change_words(each) for each in changes]), 409


def _page(form: PolicyForm, house: House, space: Space, *, effects: tuple[AboveLimit, ...] | None = None,
          meanwhile: Iterable[str] = ()) -> str:
    policy = house.policy(space.code, civil_date(now(), house.zone))
    return render_template(
        "manage/policy.html", form=form, space=space, name=space.names.in_language(language()),
        floor=house.floors[space.floor].names.in_language(language()), meanwhile=list(meanwhile),
        zone=house.zones[space.zone].names.in_language(language()), in_half_days=policy.in_half_days,
        layouts=layout_rows(policy), is_preview=effects is not None,
        above=above_rows(effects or (), Viewer.of(current_person(), house)), history=rules_history(space, house, now()))

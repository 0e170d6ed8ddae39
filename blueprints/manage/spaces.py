"""How many people one space may hold: set with a reason, tried out first, never over somebody else's change."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from blueprints.booking.messages import bad_request_sentence
from blueprints.manage import blueprint
from blueprints.manage.forms import CapacityForm, capacity_form
from blueprints.manage.history import policy_history
from blueprints.manage.plans_progress import to_a_plan
from blueprints.manage.words import above_rows, change_words, layout_rows
from blueprints.web.clock import now
from blueprints.web.identity import by, current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.apply_changes import apply_changes, effects_of
from models.queries.above import bookings_above
from models.queries.house import the_house
from models.queries.place_changes import changes_after, last_change
from models.rules.above import AboveLimit
from models.rules.changes.spaces import SetCapacity
from models.rules.discretion import Viewer
from models.rules.house import House, Space
from models.rules.interval import civil_date
from models.rules.policy import SpacePolicy
from models.rules.refusals import BadRequest, Refused
from models.rules.rights import may_set_capacity_of


@dataclass(frozen=True, slots=True)
class Place:
    """A space with the policy of today, as a manager looks at it."""

    house: House
    space: Space
    policy: SpacePolicy

    def layouts(self) -> list[str]:
        """Those offered, the default one first, then whatever spaces of its kind are set up in."""
        day = civil_date(now(), self.house.zone)
        usual = {layout for code, other in self.house.spaces.items() if other.kind == self.space.kind
                 for layout in self.house.policy(code, day).capacities}
        own = self.policy.capacities
        return sorted(usual | set(own), key=lambda each: (each != self.policy.default_layout, each not in own, each))

    def form(self) -> CapacityForm:
        return capacity_form(self.policy, self.layouts(), civil_date(now(), self.house.zone),
                             last_change("space", self.space.code))


@blueprint.route("/spaces/<code>", methods=["GET", "POST"])
@needs("set_space_capacity")
def space(code: str) -> AnyResponse | str | tuple[str, int]:
    place = _place_or_abort(code)
    form = place.form()
    if request.method == "GET":
        return _page(place, form)
    change = form.change(code) if form.validate() else None
    if change is None:
        return _nothing_to_do(place, form)
    try:
        return _tried_planned_or_saved(place, form, change, request.form.get("step"))
    except BadRequest as wrong:
        field = form.field_of(wrong.field)
        field.errors = [*field.errors, bad_request_sentence(wrong)]
        return _page(place, form), 400
    except Refused:
        return _changed_meanwhile(code, form)


def _place_or_abort(code: str) -> Place:
    house = the_house()
    if code not in house.spaces:
        abort(404)
    if not may_set_capacity_of(current_person(), house.spaces[code].owner):
        abort(403)
    return Place(house, house.spaces[code], house.policy(code, civil_date(now(), house.zone)))


def _tried_planned_or_saved(place: Place, form: CapacityForm, change: SetCapacity,
                            step: str | None) -> AnyResponse | str:
    """Whoever would displace somebody is asked first whether they get a place, or are left where they are."""
    if step == "plan":
        return to_a_plan([change], form.reason.data)
    if step != "leave":
        above = effects_of([change], by(), form.reason.data).above
        if above or step == "preview":
            return _page(place, form, effects=above)
    return _saved(place, form, change)


def _saved(place: Place, form: CapacityForm, change: SetCapacity) -> Response:
    above = apply_changes([change], by(), reason=form.reason.data, seen=form.last_seen).above
    flash(_("Saved."), "success")
    if above:
        flash(ngettext("%(num)d booking now stands above the limit. It stays as it is until somebody moves it.",
                       "%(num)d bookings now stand above the limit. They stay as they are until somebody moves them.",
                       len(above)), "warning")
    return redirect(url_for("manage.space", code=place.space.code), 303)


def _nothing_to_do(place: Place, form: CapacityForm) -> tuple[str, int]:
    if not form.errors:
        form.ceiling.errors = [_("Change a number first: nothing here differs from what holds now.")]
    return _page(place, form), 400


def _changed_meanwhile(code: str, form: CapacityForm) -> tuple[str, int]:
    """The same form with what now holds, the numbers typed here kept: whoever saves again has seen it."""
    place = _place_or_abort(code)
    changes = changes_after("space", code, form.last_seen)
    form.show_present(place.policy, last_change("space", code))
    return _page(place, form, meanwhile=[change_words(each) for each in changes]), 409


def _page(place: Place, form: CapacityForm, *, effects: tuple[AboveLimit, ...] | None = None,
          meanwhile: list[str] | None = None) -> str:
    house, space = place.house, place.space
    viewer = Viewer.of(current_person(), house)
    above = bookings_above("space", space.code, house, now()) if effects is None else effects
    return render_template(
        "manage/space.html", form=form, space=space, name=space.names.in_language(language()),
        floor=house.floors[space.floor].names.in_language(language()),
        zone=house.zones[space.zone].names.in_language(language()),
        layouts=layout_rows(place.policy), above=above_rows(above, viewer), is_preview=effects is not None,
        meanwhile=meanwhile or [], history=policy_history(space, house, now()))

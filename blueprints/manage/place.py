"""One space: what it is, changed or copied; and how it goes out of use, comes back, or is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from blueprints.booking.messages import kind_word
from blueprints.manage import blueprint
from blueprints.manage.place_choices import name_fields, offer_for_space, space_values
from blueprints.manage.place_forms import RetireForm, SpaceForm
from blueprints.manage.place_words import deletable_sentence, say_fault
from blueprints.manage.places import next_turn
from blueprints.manage.plans_progress import to_a_plan
from blueprints.manage.words import booking_cells, change_words
from blueprints.web.clock import now
from blueprints.web.identity import by, current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.apply_changes import apply_changes, effects_of
from models.actions.change_space import SHAPE, change_space
from models.actions.delete_space import check_may_be_deleted, delete_space
from models.queries.effects import bookings_in_the_way
from models.queries.house import the_house
from models.queries.place_changes import changes_after, last_change
from models.queries.places import was_ever_booked
from models.rules.changes.spaces import SetUse
from models.rules.changes.timeline import A_DAY
from models.rules.discretion import Viewer
from models.rules.house import House, Space
from models.rules.interval import civil_date
from models.rules.place_wishes import composites_with
from models.rules.refusals import BadRequest, Refused
from models.rules.rights import may_edit_space
from models.rules.values import Scope

MOST_SHOWN = 50


@blueprint.route("/places/<code>", methods=["GET", "POST"])
@needs("edit_places")
def place(code: str) -> AnyResponse | str | tuple[str, int]:
    house, space = space_or_abort(code)
    form = SpaceForm(data=space_values(code, house))
    offer_for_space(form, house, current_person(), also_zone=space.zone)
    if request.method == "GET":
        form.remember(last_change("space", code))
        return _page(form, house, space)
    keep_shape(form, house, space)
    if not form.validate():
        return _page(form, house, space), 400
    try:
        changed = change_space(code, form.wish(), current_person(), now(), seen=form.last_seen)
    except BadRequest as wrong:
        say_fault(form, wrong)
        return _page(form, house, space), 400
    except Refused:
        return _changed_meanwhile(code, form)
    flash(_("Saved.") if changed else _("Nothing was different, so nothing was saved."), "success")
    if space.rectangle and the_house().spaces[code].rectangle is None:
        flash(_("It lies on another floor now. Give it a place on the plan there."), "warning")
    return redirect(url_for("manage.place", code=code), 303)


def space_or_abort(code: str) -> tuple[House, Space]:
    house = the_house()
    if code not in house.spaces:
        abort(404)
    if not may_edit_space(current_person(), house.spaces[code].owner):
        abort(403)
    return house, house.spaces[code]


def keep_shape(form: SpaceForm, house: House, space: Space) -> None:
    """Once booked, a space's kind and parts are shown as text: what its page does not ask stays as it is."""
    if was_ever_booked(space.id):
        present = space_values(space.code, house)
        for name in SHAPE:
            form[name].data, form[name].raw_data = present[name], [str(present[name])]


def _changed_meanwhile(code: str, form: SpaceForm) -> tuple[str, int]:
    house, space = space_or_abort(code)
    changes = changes_after("space", code, form.last_seen)
    form.show_present(space_values(code, house), last_change("space", code))
    return _page(form, house, space, meanwhile=[change_words(each) for each in changes]), 409


def _page(form: SpaceForm, house: House, space: Space, *, meanwhile: Iterable[str] = ()) -> str:
    day = civil_date(now(), house.zone)
    return render_template(
        "manage/place.html", form=form, names=name_fields(form), space=space, meanwhile=list(meanwhile),
        name=space.names.in_language(language()), floor=house.floors[space.floor].names.in_language(language()),
        was_booked=was_ever_booked(space.id), active=house.policy(space.code, day).active,
        planned=next_turn(space.code, house, day), kind=kind_word(space.kind),
        above=[each.code for each in composites_with(house, space.code)])


@blueprint.route("/places/<code>/use", methods=["GET", "POST"])
@needs("edit_places")
def retire(code: str) -> AnyResponse | str | tuple[str, int]:
    house, space = space_or_abort(code)
    today = civil_date(now(), house.zone)
    form = RetireForm(data={"valid_from": today, "seen": str(last_change("space", code))})
    if request.method == "GET":
        return _use_page(form, house, space)
    if not form.validate():
        return _use_page(form, house, space), 400
    try:
        return _tried_or_done(form, house, space, request.form.get("step", "preview"))
    except BadRequest as wrong:
        if wrong.field == "to":
            wrong = BadRequest("back_on", "not_after_that")
        say_fault(form, wrong, {"from": "valid_from"})
        return _use_page(form, house, space), 400
    except Refused:
        changes = changes_after("space", code, form.last_seen)
        form.seen.data, form.seen.raw_data = str(last_change("space", code)), None
        return _use_page(form, *space_or_abort(code), meanwhile=[change_words(each) for each in changes]), 409


def _tried_or_done(form: RetireForm, house: House, space: Space, step: str) -> AnyResponse | str:
    place, reason, day, back_on = Scope("space", space.code), form.reason.data, form.valid_from.data, form.back_on.data
    change = SetUse(place, step == "restore", first=day, last=back_on and step != "restore" and back_on - A_DAY or None)
    if step == "plan":
        return to_a_plan([change], reason)
    if step not in ("restore", "leave"):
        if effects_of([change], by(), reason).in_the_way or step != "retire":
            return _use_page(form, house, space, change)
    left = apply_changes([change], by(), reason=reason, seen=form.last_seen).in_the_way
    flash(_("Saved. It can be booked again from that day on.") if change.active
          else _("Saved. From that day on it cannot be booked."), "success")
    if left:
        flash(ngettext("%(num)d booking still stands in it. It stays until somebody moves it.",
                       "%(num)d bookings still stand in it. They stay until somebody moves them.", len(left)),
              "warning")
    return redirect(url_for("manage.retire", code=space.code), 303)


def _use_page(form: RetireForm, house: House, space: Space, tried: SetUse | None = None, *,
              meanwhile: Iterable[str] = ()) -> str:
    today = civil_date(now(), house.zone)
    change = tried or SetUse(Scope("space", space.code), False)
    left = bookings_in_the_way(replace(change, first=change.first or today), house, now())
    return render_template(
        "manage/retire.html", form=form, space=space, name=space.names.in_language(language()),
        active=house.policy(space.code, today).active, planned=next_turn(space.code, house, today),
        is_preview=tried is not None, meanwhile=list(meanwhile), in_all=len(left), bookings=[
            booking_cells(each, Viewer.of(current_person(), house)) for each in left[:MOST_SHOWN]],
        stays=_why_it_stays(space.code, house), above=[each.code for each in composites_with(house, space.code)])


def _why_it_stays(code: str, house: House) -> str:
    try:
        check_may_be_deleted(code, house)
    except BadRequest as wrong:
        return deletable_sentence(wrong)
    return ""


@blueprint.post("/places/<code>/delete")
@needs("edit_places")
def delete_place(code: str) -> Response:
    space_or_abort(code)
    try:
        delete_space(code, by())
    except BadRequest as wrong:
        flash(deletable_sentence(wrong), "error")
        return redirect(url_for("manage.retire", code=code), 303)
    flash(_("%(code)s is deleted.", code=code), "success")
    return redirect(url_for("manage.places"), 303)

"""A closing day added, changed or taken back: its effects shown first, no booking ever deleted by it."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from blueprints.manage import blueprint
from blueprints.manage.closure_forms import ClosureForm, OrganisationsForm, closure_form
from blueprints.manage.closures import closed_words, part_words
from blueprints.manage.hours_words import unfit_rows
from blueprints.manage.plans_progress import to_a_plan
from blueprints.web.clock import now
from blueprints.web.identity import by, current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.apply_changes import apply_changes, effects_of
from models.actions.change_closure import change_closure, effects_of_closure, remove_closure
from models.queries.effects import Effects
from models.queries.hours import KeptClosure, closures_by_id, kept_closure
from models.queries.house import the_house
from models.rules.discretion import Viewer
from models.rules.interval import civil_date
from models.rules.refusals import BadRequest, Refused
from models.rules.rights import may_close
from models.rules.unfit import Unfit


@blueprint.route("/closures/add", methods=["GET", "POST"])
@needs("set_closures")
def add_closure() -> AnyResponse | str | tuple[str, int]:
    form = closure_form(None, *whom_to_close())
    if request.method == "GET":
        return _page(form, None)
    if not form.validate():
        return _page(form, None), 400
    try:
        change, step = form.change(the_house()), request.form.get("step")
        if step == "plan":
            return to_a_plan(change.one_by_one(the_house()), change.names["nl"])
        if step != "leave":
            unfit = effects_of([change], by(), "").unfit
            if unfit or step == "preview":
                return _page(form, None, unfit=unfit)
        return closed_and_shown(apply_changes([change], by(), reason=""))
    except BadRequest as wrong:
        form.blame(wrong)
        return _page(form, None), 400


@blueprint.route("/closures/<int:closure_id>", methods=["GET", "POST"], endpoint="change_closure")
@needs("set_closures")
def change(closure_id: int) -> AnyResponse | str | tuple[str, int]:
    kept = _kept_or_abort(closure_id)
    form = closure_form(kept, *whom_to_close())
    del form.last
    if request.method == "GET":
        return _page(form, kept)
    if not form.validate():
        return _page(form, kept), 400
    try:
        otherwise = form.change(the_house())
        if request.form.get("step") == "preview":
            return _page(form, kept, unfit=effects_of_closure(closure_id, otherwise, by()).unfit)
        return closed_and_shown(change_closure(closure_id, otherwise, by(), seen=form.last_seen))
    except BadRequest as wrong:
        form.blame(wrong)
        return _page(form, kept), 400
    except Refused:
        form.seen.data = str(kept.version)
        return _page(form, kept, is_changed_meanwhile=True), 409


@blueprint.route("/closures/<int:closure_id>/remove", methods=["GET", "POST"], endpoint="remove_closure")
@needs("set_closures")
def remove(closure_id: int) -> AnyResponse | str | tuple[str, int]:
    kept = _kept_or_abort(closure_id)
    if request.method == "GET":
        return _question(kept)
    seen = request.form.get("seen", "")
    try:
        remove_closure(closure_id, by(), seen=int(seen) if seen.isascii() and seen.isdecimal()
                       and len(seen) < 16 else kept.version)
    except Refused:
        return _question(kept, is_changed_meanwhile=True), 409
    flash(_("Taken back: whoever was closed is open again on that day."), "success")
    return redirect(url_for("manage.closures", year=kept.day.day.year), 303)


def whom_to_close() -> tuple[dict[str, str], frozenset[str] | None]:
    """The organisations from which this person may choose, and, where there is no choice, their own."""
    house, person = the_house(), current_person()
    if may_close(person, frozenset()):
        return {code: each.names.in_language(language()) for code, each in house.organisations.items()}, None
    return {}, frozenset({person.organisation})


def closed_and_shown(closed: Effects) -> Response:
    days = [each.day.day for each in closures_by_id(closed.closed)]
    flash(ngettext("Saved: %(num)d closing day.", "Saved: %(num)d closing days.", len(days)), "success")
    if closed.unfit:
        flash(ngettext("On a closing day stands %(num)d booking. It stays until somebody moves or cancels it.",
                       "On closing days stand %(num)d bookings. They stay until somebody moves or cancels them.",
                       len(closed.unfit)), "warning")
    return redirect(url_for("manage.closures", year=days[0].year), 303)


def whose_words(form: OrganisationsForm) -> str:
    """For whoever may close only their own: who that is."""
    return closed_words(form.may_name, the_house()) if form.may_name is not None else ""


def _kept_or_abort(closure_id: int) -> KeptClosure:
    kept = kept_closure(closure_id)
    if kept is None:
        abort(404)
    if not may_close(current_person(), kept.day.organisations):
        abort(403)
    if kept.day.day < civil_date(now(), the_house().zone):
        abort(404)   # what is over stays as it was: there is nothing to change about it
    return kept


def _page(form: ClosureForm, kept: KeptClosure | None, *, unfit: tuple[Unfit, ...] | None = None,
          is_changed_meanwhile: bool = False) -> str:
    house = the_house()
    return render_template(
        "manage/closure.html", form=form, is_new=kept is None, whose=whose_words(form),
        year=kept.day.day.year if kept else civil_date(now(), house.zone).year, is_preview=unfit is not None,
        unfit=unfit_rows(unfit or (), Viewer.of(current_person(), house)), unfit_in_all=len(unfit or ()),
        present=_present_words(kept) if is_changed_meanwhile and kept else "")


def _question(kept: KeptClosure, *, is_changed_meanwhile: bool = False) -> str:
    return render_template("manage/remove_closure.html", kept=kept, name=kept.names.in_language(language()),
                           when=format_date(kept.day.day, "EEEE d MMMM y"), present=_present_words(kept),
                           is_changed_meanwhile=is_changed_meanwhile)


def _present_words(kept: KeptClosure) -> str:
    said = (format_date(kept.day.day, "EEEE d MMMM y"), kept.names.in_language(language()), part_words(kept),
            closed_words(kept.day.organisations, the_house()))
    return "; ".join(filter(None, said))

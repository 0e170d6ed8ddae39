"""The week of one building, zone or space: set with a reason, tried out first, never over somebody else's change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from blueprints.booking.messages import place_name
from blueprints.manage import blueprint
from blueprints.manage.hours_forms import WEEKDAYS, WeekForm, day_names, make_ready, week_form
from blueprints.manage.hours_words import hours_change_words, unfit_rows, week_lines, weeks_history
from blueprints.manage.plans_progress import to_a_plan
from blueprints.web.clock import now
from blueprints.web.identity import by, current_person
from blueprints.web.rights import needs
from models.actions.apply_changes import apply_changes, effects_of
from models.queries.hours import weeks_of
from models.queries.house import the_house
from models.queries.place_changes import changes_after, last_change
from models.queries.unfit import bookings_outside_hours
from models.rules.changes.change import owner_of
from models.rules.changes.hours import HOURS, Period, SetHours, place_with_hours, week_faults, week_on
from models.rules.discretion import Viewer
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.refusals import BadRequest, Refused
from models.rules.rights import may_set_hours_of
from models.rules.unfit import Unfit
from models.rules.values import Scope


@dataclass(frozen=True, slots=True)
class Place:
    """A building, zone or space whose hours somebody may set, with its weeks."""

    house: House
    scope: Scope
    weeks: tuple[Period, ...]
    today: date

    @property
    def text(self) -> str:
        return str(self.scope)

    def change(self, form: WeekForm) -> SetHours:
        return SetHours(self.scope, form.week(), first=form.valid_from.data, last=form.valid_to.data)


@blueprint.route("/hours/<scope>", methods=["GET", "POST"])
@needs("set_hours")
def week(scope: str) -> AnyResponse | str | tuple[str, int]:
    place = _place_or_abort(scope)
    if request.method == "GET":
        first = _asked_day(place.today)
        return _page(place, week_form(week_on(first, place.weeks), first, last_change(HOURS, place.text)))
    form, step = week_form(None, place.today, 0), request.form.get("step", "")
    focus = _rearranged(form, step)
    if focus is not None:
        return _page(place, form, focus=focus)
    if not form.validate():
        return _page(place, form), 400
    faults = list(week_faults(form.week()))
    for fault in faults:
        form.blame(fault)
    return (_page(place, form), 400) if faults else _tried_or_saved(place, form, step)


def _place_or_abort(text: str) -> Place:
    house = the_house()
    scope = place_with_hours(text, house)
    if scope is None:
        abort(404)
    if not may_set_hours_of(current_person(), owner_of(scope, house)):
        abort(403)
    return Place(house, scope, weeks_of(scope), civil_date(now(), house.zone))


def _asked_day(today: date) -> date:
    """A week that is planned is changed from its own first day on."""
    try:
        return max(today, date.fromisoformat(request.args.get("from", "")))
    except ValueError:
        return today


def _rearranged(form: WeekForm, step: str) -> str | None:
    """Without script a row comes and goes by asking for the page anew; nothing is saved or judged. Where whoever asked
    goes on, or None where this was asked of nothing."""
    what, _sep, number = step.partition("-")
    if what == "copy":
        form.copy_monday()
        return "add-1"
    if what == "add" and number in {str(weekday) for weekday in WEEKDAYS}:
        form.add(None, int(number))
        return f"row-{number}"
    if what == "remove":
        return f"add-{form.remove(number)}"
    return None


def _tried_or_saved(place: Place, form: WeekForm, step: str) -> AnyResponse | str | tuple[str, int]:
    try:
        change = place.change(form)
        if step == "plan":
            return to_a_plan([change], form.reason.data)
        if step != "leave":
            unfit = effects_of([change], by(), form.reason.data).unfit
            if unfit or step == "preview":
                return _page(place, form, unfit=unfit)
        return _saved(place, form)
    except BadRequest as wrong:
        form.blame(wrong)
        return _page(place, form), 400
    except Refused:
        changes = changes_after(HOURS, place.text, form.last_seen)
        form.seen.data = str(last_change(HOURS, place.text))
        return _page(_place_or_abort(place.text), form,
                     meanwhile=[hours_change_words(each) for each in changes]), 409


def _saved(place: Place, form: WeekForm) -> Response:
    unfit = apply_changes([place.change(form)], by(), reason=form.reason.data, seen=form.last_seen).unfit
    flash(_("Saved."), "success")
    if unfit:
        flash(ngettext("%(num)d booking no longer fits the hours. It stays as it is until somebody moves it.",
                       "%(num)d bookings no longer fit the hours. They stay as they are until somebody moves them.",
                       len(unfit)), "warning")
    return redirect(url_for("manage.week", scope=place.text), 303)


def _page(place: Place, form: WeekForm, *, unfit: tuple[Unfit, ...] | None = None,
          meanwhile: list[str] | None = None, focus: str = "") -> str:
    make_ready(form, place.scope[0])
    is_preview = unfit is not None
    found = unfit if is_preview else bookings_outside_hours(place.scope, place.house, now())
    current, names = week_on(place.today, place.weeks), day_names()
    return render_template(
        "manage/week.html", form=form, name=place_name(place.text, place.house), scope=place.scope,
        days=[(weekday, names[weekday].capitalize(), form.rows_of(weekday)) for weekday in WEEKDAYS],
        focus=focus, present=week_lines(current.rows),
        unfit=unfit_rows(found, Viewer.of(current_person(), place.house)),
        unfit_in_all=len(found), is_preview=is_preview, meanwhile=meanwhile or [],
        history=weeks_history(place.weeks, changes_after(HOURS, place.text, 0, limit=500), place.today))

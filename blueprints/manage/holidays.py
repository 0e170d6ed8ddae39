"""The public holidays of a year, proposed: whoever plans it ticks those on which the house is closed."""

from __future__ import annotations

from datetime import date

from flask import render_template, request
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from blueprints.manage import blueprint
from blueprints.manage.closing import closed_and_shown, whom_to_close, whose_words
from blueprints.manage.closure_forms import HolidaysForm, holidays_form
from blueprints.manage.closures import asked_year
from blueprints.manage.hours_words import unfit_rows
from blueprints.web.clock import now
from blueprints.web.identity import by, current_person
from blueprints.web.language import language
from blueprints.web.rights import needs
from models.actions.apply_changes import apply_changes, effects_of
from models.queries.house import the_house
from models.rules.changes.closing import Close
from models.rules.discretion import Viewer
from models.rules.interval import civil_date
from models.rules.public_holidays import PublicHoliday, public_holidays
from models.rules.refusals import BadRequest
from models.rules.unfit import Unfit
from models.rules.values import Scope


@blueprint.route("/closures/holidays", methods=["GET", "POST"])
@needs("set_closures")
def holidays() -> AnyResponse | str | tuple[str, int]:
    year = max(asked_year(_today()), _today().year)
    organisations, own = whom_to_close()
    coming = {each.day.isoformat(): each for each in public_holidays(year) if each.day >= _today()}
    new = [day for day, holiday in coming.items() if _is_new(holiday, own)]
    form = holidays_form(new, [day for day in new if not coming[day].is_on_sunday], organisations, own)
    if request.method == "GET":
        return _page(form, year, coming)
    if not form.validate():
        return _page(form, year, coming), 400
    wishes = [_wish(coming[day], form.closed()) for day in sorted(form.chosen())]
    if not wishes:
        form.days.errors = [_("Tick at least one holiday.")]
        return _page(form, year, coming), 400
    try:
        if request.form.get("step") == "preview":
            return _page(form, year, coming, unfit=effects_of(wishes, by(), "").unfit)
        return closed_and_shown(apply_changes(wishes, by(), reason=""))
    except BadRequest as wrong:
        form.blame(wrong)
        return _page(form, year, coming), 400


def _today() -> date:
    return civil_date(now(), the_house().zone)


def _wish(holiday: PublicHoliday, organisations: frozenset[str]) -> Close:
    return Close(Scope("municipality", the_house().code), holiday.names, "public_holiday", organisations=organisations,
                 first=holiday.day)


def _is_new(holiday: PublicHoliday, own: frozenset[str] | None) -> bool:
    return bool(_wish(holiday, own or frozenset()).news(the_house()))


def _page(form: HolidaysForm, year: int, coming: dict[str, PublicHoliday], *,
          unfit: tuple[Unfit, ...] | None = None) -> str:
    offered = {choice.value for choice in form.days.choices}
    return render_template(
        "manage/holidays.html", form=form, year=year, whose=whose_words(form),
        is_preview=unfit is not None, unfit_in_all=len(unfit or ()),
        unfit=unfit_rows(unfit or (), Viewer.of(current_person(), the_house())),
        holidays=[{"value": value, "when": format_date(holiday.day, "EEEE d MMMM"),
                   "name": holiday.names.in_language(language()), "is_offered": value in offered,
                   "is_ticked": value in form.chosen(), "weekend": _weekend_words(holiday)}
                  for value, holiday in coming.items()])


def _weekend_words(holiday: PublicHoliday) -> str:
    if not holiday.is_in_weekend:
        return ""
    return _("Falls on a Sunday") if holiday.is_on_sunday else _("Falls on a Saturday")

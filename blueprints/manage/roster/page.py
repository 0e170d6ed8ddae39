"""The roster of a week: shown, planned a half-day at a time, copied from the week before."""

from __future__ import annotations

from datetime import date, timedelta

from flask import redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.messages import refusal_sentence
from blueprints.manage import blueprint
from blueprints.manage.flow.page import Answer, done
from blueprints.manage.roster.candidates import candidates
from blueprints.manage.roster.forms import AwayForm, BackForm, DutyForm, RosterForm, WeekForm
from blueprints.manage.roster.shown import shown
from blueprints.manage.roster.week import RosterWeek
from blueprints.web.clock import now
from blueprints.web.identity import by, signed_in
from blueprints.web.rights import needs
from models.actions.roster.copy_week import copy_week
from models.actions.roster.note_absence import end_absence, note_absence
from models.actions.roster.place_duty import place_duty
from models.queries.house import the_house
from models.rules.judging.told import Listed
from models.rules.refusals import BadRequest, Refused
from models.rules.times.interval import civil_date
from models.rules.values import DAY, BadValue


@blueprint.get("/roster")
@needs("set_roster")
def roster() -> str:
    return _page(_week(_day_of(request.args.get("week"))), request.args.get("at", ""))


@blueprint.post("/roster")
@needs("set_roster")
def place_on_roster() -> Answer:
    form = DutyForm()
    week = _week(form.day.data)
    at = f"{form.day.data or ''}.{form.half_day.data or ''}.{form.counter.data or ''}"
    if not form.validate():
        return _page(week, at, form), 400
    try:
        place_duty(form.wish(), by())
    except BadRequest as wrong:
        form.blame(wrong)
        return _page(week, at, form), 400
    except Refused as refused:
        said = [refusal_sentence(Listed(each), week.house) for each in refused.refusals]
        return _page(_week(form.day.data), at, form, said), refused.status
    return redirect(week.address(week.monday, anchor=at.replace(".", "-")), 303)


@blueprint.post("/roster/copy")
@needs("set_roster")
def copy_to_roster() -> Answer:
    form = WeekForm()
    week = _week(form.week.data)
    if not form.validate():
        return _page(week, "", form), 400
    changed = copy_week(week.monday, by())
    said = ngettext("%(num)d duty is as last week now.", "%(num)d duties are as last week now.", changed)
    return done(week.address(week.monday), said if changed else _("This week is as the last one already."))


@blueprint.post("/roster/away")
@needs("set_roster")
def note_away() -> Answer:
    form = AwayForm()
    week = _week(_day_of(request.form.get("week")))
    if not form.validate():
        return _page(week, "", form), 400
    try:
        note_absence(form.person.data, form.first.data, form.last.data, by())
    except BadRequest as wrong:
        form.blame(wrong)
        return _page(week, "", form), 400
    return done(week.address(week.monday), _("Noted. Look at the duties that have nobody now."))


@blueprint.post("/roster/back")
@needs("set_roster")
def note_back() -> Answer:
    form = BackForm()
    week = _week(_day_of(request.form.get("week")))
    if not form.validate():
        return _page(week, "", form), 400
    try:
        end_absence(form.person.data, form.first.data, by())
    except BadRequest as wrong:
        form.blame(wrong)
        return _page(week, "", form), 400
    return done(week.address(week.monday), _("Noted."))


def _day_of(text: str | None) -> date | None:
    """A day that an address names; None where it names none."""
    try:
        return DAY.from_text(text) if text else None
    except BadValue:
        return None


def _week(day: date | None) -> RosterWeek:
    house = the_house()
    today = civil_date(now(), house.zone)
    day = day or today
    return RosterWeek(signed_in(), house, day - timedelta(days=day.isoweekday() - 1), today)


def _page(week: RosterWeek, at: str, form: RosterForm | None = None, refused: list[str] | None = None) -> str:
    return render_template(
        "manage/roster.html",
        week=week.monday.isoformat(),
        today=week.today.isoformat(),
        planning=candidates(week, at),
        form=form,
        refused=refused or [],
        **shown(week, at),
    )

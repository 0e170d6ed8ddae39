"""Quotas: how much may be booked, what is used so far of shared budgets, and never who booked what."""

from __future__ import annotations

from datetime import date, datetime

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from blueprints.manage import blueprint
from blueprints.manage.place_words import say_fault
from blueprints.manage.quota_forms import FIELD_OF, EndForm, QuotaForm, end_form, new_quota_form, quota_form
from blueprints.manage.quota_words import amount_words, kind_words, used_words, whose_words
from blueprints.web.clock import now
from blueprints.web.identity import current_person
from blueprints.web.rights import needs
from models.actions.set_quota import add_quota, change_quota, end_quota
from models.queries.house import the_house
from models.queries.quotas import all_quota_rows, quota_row, used
from models.rules.house import House
from models.rules.interval import civil_date
from models.rules.judging_quotas import desk_quota
from models.rules.quota import Quota, period_of
from models.rules.refusals import BadRequest, NotFound, Refused
from models.rules.rights import holds, may_see_quota
from models.tables.rules import QuotaRow

Answer = AnyResponse | str | tuple[str, int]


@blueprint.get("/quotas")
@needs("see_quotas")
def quotas() -> str:
    """One query for each shared budget of today."""
    house, person, moment = the_house(), current_person(), now()
    today = civil_date(moment, house.zone)
    rows = [_row(row, house, moment) for row in all_quota_rows()
            if (row.valid_to is None or row.valid_to >= today) and may_see_quota(person, _quota(row), house)]
    desks = desk_quota(house, today)
    return render_template(
        "manage/quotas.html", rows=rows, may_set=holds(person, "set_quotas"), may_see_all=holds(person, "set_limits"),
        desks={"amount": amount_words(desks), "kind": kind_words(desks), "url": url_for("manage.rule", code="R17")}
        if house.rule("R17", today).in_force != "off" else None)


@blueprint.route("/new-quota", methods=["GET", "POST"])
@needs("set_quotas")
def new_quota() -> Answer:
    house = the_house()
    form = new_quota_form(house, civil_date(now(), house.zone))
    if not form.is_submitted():
        return render_template("manage/new_quota.html", form=form)
    if form.validate():
        try:
            add_quota(form.wish(), current_person(), now(), reason=form.reason.data)
            return _saved(_("Saved."))
        except BadRequest as wrong:
            say_fault(form, wrong, FIELD_OF)
    return render_template("manage/new_quota.html", form=form), 400


@blueprint.route("/quotas/<int:number>", methods=["GET", "POST"])
@needs("set_quotas")
def one_quota(number: int) -> Answer:
    row, today = _row_or_abort(number)
    form = quota_form(row, today)
    if not form.is_submitted():
        return _page(row, form, end_form(row, today))
    if form.validate():
        try:
            change_quota(number, form.amount.data, current_person(), now(), reason=form.reason.data,
                         valid_from=form.valid_from.data, seen=int(form.seen.data))
            return _saved(_("Saved."))
        except BadRequest as wrong:
            say_fault(form, wrong, FIELD_OF)
        except NotFound:
            abort(404)
        except Refused:
            return _meanwhile(number, form, end_form(row, today))
    return _page(row, form, end_form(row, today)), 400


@blueprint.post("/quotas/<int:number>/end")
@needs("set_quotas")
def end_one_quota(number: int) -> Answer:
    row, today = _row_or_abort(number)
    form = end_form(row, today)
    if form.validate():
        try:
            end_quota(number, current_person(), now(), reason=form.reason.data, last=form.valid_to.data,
                      seen=int(form.seen.data))
            return _saved(_("The quota ends."))
        except BadRequest as wrong:
            say_fault(form, wrong, FIELD_OF)
        except NotFound:
            abort(404)
        except Refused:
            return _meanwhile(number, quota_form(row, today), form)
    return _page(row, quota_form(row, today), form), 400


def _row_or_abort(number: int) -> tuple[QuotaRow, date]:
    row = quota_row(number) if number < 2 ** 31 else None
    if row is None:
        abort(404)
    return row, civil_date(now(), the_house().zone)


def _saved(said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("manage.quotas"), 303)


def _meanwhile(number: int, form: QuotaForm, ending: EndForm) -> tuple[str, int]:
    """What was typed stays; it now starts from the version that holds."""
    row, _today = _row_or_abort(number)
    for each in (form, ending):
        each.seen.data, each.seen.raw_data = str(row.version), None
    return _page(row, form, ending, meanwhile=True), 409


def _page(row: QuotaRow, form: QuotaForm, ending: EndForm, *, meanwhile: bool = False) -> str:
    house, moment = the_house(), now()
    today = civil_date(moment, house.zone)
    return render_template("manage/quota.html", form=form, ending=ending, quota=_row(row, house, moment),
                           meanwhile=meanwhile, is_over=row.valid_to is not None and row.valid_to < today)


def _quota(row: QuotaRow) -> Quota:
    return Quota(row.scope_type, row.scope_code, row.kind, row.measure, row.period, row.amount, row.valid_from,
                 row.valid_to, row.id)


def _row(row: QuotaRow, house: House, moment: datetime) -> dict:
    quota, today = _quota(row), civil_date(moment, house.zone)
    is_counted = quota.is_shared and quota.holds_on(today) and _is_known(quota, house)
    taken = used(quota, period_of(quota.period, today, house.zone), house, moment) if is_counted else None
    return {"whose": whose_words(quota, house), "is_shared": quota.is_shared, "kind": kind_words(quota),
            "kind_code": quota.kind or "", "amount": amount_words(quota), "reason": row.reason,
            "used": None if taken is None else used_words(quota, taken), "taken": taken, "limit": quota.amount,
            "is_full": taken is not None and taken >= quota.amount, "is_planned": quota.valid_from > today,
            "since": format_date(quota.valid_from, "d MMMM y"),
            "until": format_date(quota.valid_to, "d MMMM y") if quota.valid_to else "",
            "url": url_for("manage.one_quota", number=row.id)}


def _is_known(quota: Quota, house: House) -> bool:
    return quota.code in (house.organisations if quota.scope == "organisation" else house.services)

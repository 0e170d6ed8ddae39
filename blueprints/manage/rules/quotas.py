"""Quotas: how much may be booked, what is used so far of shared budgets, and never who booked what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import abort, render_template, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.manage import blueprint
from blueprints.manage.flow.forms import as_shown
from blueprints.manage.flow.page import NumberedPage, Page, done, shown_at
from blueprints.manage.rules.quota_forms import EndForm, NewQuotaForm, QuotaForm, new_quota_form
from blueprints.manage.words.quotas import amount_words, kind_words, used_words, whose_words
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.actions.places.set_quota import add_quota, change_quota, end_quota
from models.queries.house import the_house
from models.queries.policies import quota_row
from models.queries.quotas import all_quota_rows, used
from models.rules.house.house import House
from models.rules.house.quota import Quota, period_of
from models.rules.judging.how_much import desk_quota
from models.rules.people.rights import holds, may_see_quota
from models.rules.times.interval import civil_date
from models.tables.rules import QuotaRow


@blueprint.get("/quotas")
@needs("see_quotas")
def quotas() -> str:
    """One query for each shared budget of today."""
    house, person, moment = the_house(), signed_in(), now()
    today = civil_date(moment, house.zone)
    rows = [
        _row(row, house, moment)
        for row in all_quota_rows()
        if (row.valid_to is None or row.valid_to >= today) and may_see_quota(person, _quota(row), house)
    ]
    desks = desk_quota(house, today)
    return render_template(
        "manage/quotas.html",
        rows=rows,
        may_set=holds(person, "set_quotas"),
        may_see_all=holds(person, "set_limits"),
        desks={"amount": amount_words(desks), "kind": kind_words(desks), "url": url_for("manage.rule", code="R17")}
        if house.rule("R17", today).in_force != "off"
        else None,
    )


@shown_at("new_quota", "set_quotas", "/new-quota")
class NewQuotaPage(Page):
    template = "manage/new_quota.html"

    def first_form(self) -> NewQuotaForm:
        return new_quota_form(self.house, self.today)

    def save(self) -> Response:
        add_quota(self.form.wish(), *self.by, reason=self.form.reason.data)
        return done(url_for("manage.quotas"), _("Saved."))


@shown_at("one_quota", "set_quotas", "/quotas/<int:number>")
class QuotaPage(NumberedPage):
    """Two forms: another amount from a date on, and its last day."""

    template = "manage/quota.html"
    row: QuotaRow

    def look(self) -> None:
        super().look()
        self.row = quota_row(self.number) or abort(404)

    def present(self) -> Mapping[str, object]:
        return {"amount": self.row.amount, "valid_from": max(self.today, self.row.valid_from)}

    def first_form(self) -> QuotaForm | EndForm:
        return QuotaForm(data=self.present())

    def save(self) -> Response:
        form = self.form
        change_quota(
            self.number,
            form.amount.data,
            *self.by,
            reason=form.reason.data,
            valid_from=form.valid_from.data,
            seen=form.last_seen,
        )
        return done(url_for("manage.quotas"), _("Saved."))

    def facts(self) -> Mapping[str, object]:
        ending = EndForm(None, prefix="end", data={"valid_to": self.today, "seen": str(as_shown(self.row.version))})
        return {
            "quota": _row(self.row, self.house, self.by.now),
            "ending": ending,
            "is_over": self.row.valid_to is not None and self.row.valid_to < self.today,
        }


@shown_at("end_one_quota", "set_quotas", "/quotas/<int:number>/end", methods=("POST",))
class EndQuotaPage(QuotaPage):
    def first_form(self) -> EndForm:
        return EndForm(prefix="end", data={"valid_to": self.today})

    def save(self) -> Response:
        end_quota(
            self.number, *self.by, reason=self.form.reason.data, last=self.form.valid_to.data, seen=self.form.last_seen
        )
        return done(url_for("manage.quotas"), _("The quota ends."))

    def facts(self) -> Mapping[str, object]:
        other = QuotaForm(None, data={**self.present(), "seen": str(as_shown(self.row.version))})
        return {**super().facts(), "form": other, "ending": self.form}


def _quota(row: QuotaRow) -> Quota:
    return Quota(
        row.scope_type,
        row.scope_code,
        row.kind,
        row.measure,
        row.period,
        row.amount,
        row.valid_from,
        row.valid_to,
        row.id,
    )


def _row(row: QuotaRow, house: House, moment: datetime) -> dict:
    quota, today = _quota(row), civil_date(moment, house.zone)
    is_counted = quota.is_shared and quota.holds_on(today) and quota.code in house.by_sort[quota.scope]
    taken = used(quota, period_of(quota.period, today, house.zone), house, moment) if is_counted else None
    return {
        "whose": whose_words(quota, house),
        "is_shared": quota.is_shared,
        "kind": kind_words(quota),
        "kind_code": quota.kind or "",
        "amount": amount_words(quota),
        "reason": row.reason,
        "used": None if taken is None else used_words(quota, taken),
        "taken": taken,
        "limit": quota.amount,
        "is_full": taken is not None and taken >= quota.amount,
        "is_planned": quota.valid_from > today,
        "since": format_date(quota.valid_from, "d MMMM y"),
        "until": format_date(quota.valid_to, "d MMMM y") if quota.valid_to else "",
        "url": url_for("manage.one_quota", number=row.id),
    }

"""The rules of occupation: all of them in plain words, and one with its history and what may be set of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask import abort, render_template, request, url_for
from werkzeug.wrappers import Response

from blueprints.manage import blueprint
from blueprints.manage.flow.changes import ChangesPage
from blueprints.manage.flow.forms import SeenForm, UnaskedForm
from blueprints.manage.flow.page import shown_at
from blueprints.manage.rules.forms import rule_form, rule_values
from blueprints.manage.rules.shown import facts_of, later_words, links_to_zones, row_of_zone, rule_row
from blueprints.manage.words.history import rule_history
from blueprints.manage.words.rules import (
    RULES,
    rule_news,
    rule_title,
)
from blueprints.web.clock import now
from blueprints.web.identity import signed_in
from blueprints.web.rights import needs
from models.queries.house import the_house
from models.queries.receipts import refusals_counted
from models.queries.rules import warnings_by_rule
from models.rules.changes.change import Change
from models.rules.changes.rules import SetRule, next_change, zones_of
from models.rules.house import rule_parameters as known
from models.rules.house.rule_parameters import is_fixed
from models.rules.people.rights import holds, may_set_rule, zones_for_rule
from models.rules.refusals import BadRequest
from models.rules.times.interval import civil_date
from models.rules.values import Scope

COUNTED_OVER = timedelta(days=30)


@blueprint.get("/rules")
@needs("see_rules")
def rules() -> str:
    house, moment = the_house(), now()
    today, since = civil_date(moment, house.zone), moment - COUNTED_OVER
    warned = warnings_by_rule(since, moment)
    return render_template(
        "manage/rules.html",
        rows=[rule_row(code, house, today, warned) for code in RULES],
        refused=refusals_counted(since) if holds(signed_in(), "set_limits") else 0,
    )


@shown_at("rule", "see_rules", "/rules/<code>")
class RulePage(ChangesPage):
    """Everybody may read it; whoever's rule it is may set it. Whoever may not is shown no form."""

    template, thing = "manage/rule.html", "rule"
    saves, asks_first = ("save", ""), False

    def look(self) -> None:
        super().look()
        if self.code not in RULES:
            abort(404)
        self.held = self.house.rule(self.code, self.today)
        owner = self.held.owner_role
        self.sets = not is_fixed(self.code, owner) and may_set_rule(self.by.person, self.code, owner)
        self.zones = zones_for_rule(self.by.person, self.code, self.house, self.today)

    def present(self) -> Mapping[str, object]:
        return rule_values(self.held, self.house)

    def first_form(self) -> SeenForm:
        if self.sets:
            return rule_form(self.held, self.house, self.today)
        return abort(403) if request.method == "POST" else UnaskedForm()

    def changes(self) -> Sequence[Change]:
        form = self.form
        changed = form.changed(self.house, self.code, self.today)
        if not changed:
            raise BadRequest("mode", "nothing_changed")
        return [SetRule(Scope("rule", self.code), changed, first=form.valid_from.data, last=form.valid_to.data)]

    def news(self) -> list[str]:
        return rule_news(self.code, self.changes_meanwhile(), self.house)

    def facts(self) -> Mapping[str, object]:
        house, may_plan = self.house, holds(self.by.person, "make_plans")
        return {
            "form": self.form if self.sets else None,
            "rule": facts_of(self.held, house),
            "code": self.code,
            "title": rule_title(self.code),
            "later": later_words(next_change(house, self.code, self.today), self.held, house),
            "history": rule_history(self.code, house, self.by.now),
            "zones": [row_of_zone(zone, self.code, house, self.today) for zone in zones_of(house, self.code)],
            "other_zones": links_to_zones(set(self.zones) - set(zones_of(house, self.code)), self.code, house),
            "own_zones": bool(self.zones),
            "may_plan": self.sets and may_plan,
            "rehearsal_url": url_for("manage.rule_rehearsal", code=self.code)
            if may_plan and "enforce" in known.RULES[self.code].modes
            else "",
        }

    def plan(self) -> Response:
        return super().plan() if holds(self.by.person, "make_plans") else abort(403)

"""A rule as it holds in one zone: what the zone has of its own, and by whom it is set, ended and lifted there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import abort, request

from blueprints.booking.messages import place_name
from blueprints.manage.flow.forms import SeenForm, UnaskedForm
from blueprints.manage.flow.page import shown_at
from blueprints.manage.rules.forms import ZoneRuleForm, zone_rule_form, zone_rule_values
from blueprints.manage.rules.page import RulePage
from blueprints.manage.rules.shown import facts_of, later_words
from blueprints.manage.words.history import rule_history
from blueprints.manage.words.rules import rule_title, rule_words
from models.rules.changes.change import Change
from models.rules.changes.rules import SetRule, next_change, own_timeline
from models.rules.house.rule_parameters import RULES
from models.rules.house.timeline import held_on
from models.rules.people.rights import holds
from models.rules.refusals import BadRequest
from models.rules.values import Scope


@shown_at("zone_rule", "see_rules", "/rules/<code>/zones/<zone>")
class ZoneRulePage(RulePage):
    """Everybody may read it; who heads a service that is at home in the zone may set what is theirs."""

    template = "manage/zone_rule.html"
    form: ZoneRuleForm

    def __init__(self, code: str, zone: str) -> None:
        self.zone = zone
        super().__init__(code)

    def look(self) -> None:
        super().look()
        if self.zone not in self.house.zones or not RULES[self.code].by_zone:
            abort(404)
        self.held = self.house.rule(self.code, self.today, self.zone)
        self.own = held_on(own_timeline(self.house, self.code, self.zone), self.today)
        self.sets = self.zone in self.zones

    def present(self) -> Mapping[str, object]:
        return zone_rule_values(self.held, self.own)

    def first_form(self) -> SeenForm:
        if self.sets:
            return zone_rule_form(self.held, self.own, self.house, self.today)
        return abort(403) if request.method == "POST" else UnaskedForm()

    def changes(self) -> Sequence[Change]:
        form = self.form
        values = form.in_its_zone(self.house, self.code, self.zone, self.today)
        if not values:
            raise BadRequest("mode", "nothing_changed")
        days = {"first": form.valid_from.data, "last": form.valid_to.data}
        return [SetRule(Scope("rule", self.code), values, zone=self.zone, **days)]

    def facts(self) -> Mapping[str, object]:
        house = self.house
        return {
            "form": self.form if self.sets else None,
            "rule": facts_of(self.held, house),
            "code": self.code,
            "title": rule_title(self.code),
            "zone_name": place_name(f"zone:{self.zone}", house),
            "is_own": self.own is not None,
            "in_the_house": rule_words(house.rule(self.code, self.today), house),
            "later": later_words(next_change(house, self.code, self.today, self.zone), self.held, house),
            "history": rule_history(self.code, house, self.by.now, self.zone),
            "may_plan": self.sets and holds(self.by.person, "make_plans"),
        }

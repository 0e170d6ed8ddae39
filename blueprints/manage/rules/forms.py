"""How a rule is to hold, as somebody fills it in: how hard, with what number, where, from when until when, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from blueprints.booking.forms import choices
from blueprints.manage.flow.forms import ChangeForm
from blueprints.manage.words.rules import MODE_HINTS, MODE_WORDS, PARAMETERS_ASKED, parameter_of
from blueprints.web.language import language
from blueprints.web.value_field import ValueField
from models.rules.changes.rules import LAST_DAY, own_timeline, timeline_of
from models.rules.house.house import House, Rule
from models.rules.house.rule_parameters import PLACED_BY_HOURS, RULES
from models.rules.house.timeline import held_on
from models.rules.values import DAY, LINE, Text

AS_IN_THE_HOUSE = "house"


class HowItHolds(ChangeForm):
    """What every rule is asked, in the house or in a zone."""

    mode = RadioField(_("How hard it holds"), [InputRequired(_("Choose one of the values offered."))])
    parameter = ValueField(None, LINE)
    valid_to = ValueField(_("Until and including"), DAY)
    legal_basis = ValueField(_("On what ground"), LINE)

    def wished(self) -> dict[str, object]:
        """Everything as it stands in the form, changed or not."""
        found: dict[str, object] = {"mode": self.mode.data}
        if "parameter" in self:
            found["parameter"] = self.parameter.data or ""
        return found


class RuleForm(HowItHolds):
    """Places are ticked, single spaces are typed by their codes: there are too many of them to tick."""

    places = SelectMultipleField(_("Where it applies"))
    spaces = ValueField(_("Or only in these spaces"), Text(4000))

    def wished(self) -> dict[str, object]:
        found = super().wished()
        if "places" in self:
            typed = (self.spaces.data or "").replace(",", ";").split(";")
            found["applies_to"] = frozenset(
                (*(self.places.data or ()), *(each.strip() for each in typed if each.strip()))
            )
        return found

    def changed(self, house: House, code: str, today: date) -> dict[str, object]:
        """What is to be otherwise than today. Where nothing is, but something was planned to be: that stays as it is
        today."""
        wished, held = self.wished(), _values(house.rule(code, today))
        changed = {name: value for name, value in wished.items() if value != held[name]}
        if changed:
            return changed
        first, last = self.valid_from.data or today, self.valid_to.data or LAST_DAY
        planned = [
            _values(house.rule(code, first)),
            *(_values(rule) for since, rule in timeline_of(house, code) if first < since <= last),
        ]
        return {name: value for name, value in wished.items() if any(each[name] != value for each in planned)}


class ZoneRuleForm(HowItHolds):
    """Of one zone: there it holds everywhere, or as in the whole house."""

    def in_its_zone(self, house: House, code: str, zone: str, today: date) -> dict[str, object]:
        """What is to be otherwise there than today, or than it was planned to be; nothing where nothing is."""
        first, last = self.valid_from.data or today, self.valid_to.data or LAST_DAY
        own = own_timeline(house, code, zone)
        there = [held_on(own, first), *(rule for since, rule in own if first < since <= last)]
        if self.mode.data == AS_IN_THE_HOUSE:
            return {"mode": None} if any(there) else {}
        wished, held = self.wished(), held_on(own, today)
        changed = {name: value for name, value in wished.items() if held and value != _values(held)[name]}
        as_wished = all(rule and {**_values(rule), **wished} == _values(rule) for rule in there)
        return changed or ({} if as_wished else wished)


def zone_rule_form(rule: Rule, own: Rule | None, house: House, today: date) -> ZoneRuleForm:
    """`rule`: as it holds in the zone today, by a row of its `own` or by the house's."""
    form = ZoneRuleForm(data={**zone_rule_values(rule, own), "valid_from": today})
    as_there = _("As in the whole house: what is set there holds here too.")
    _ask_what_it_has(form, rule, {AS_IN_THE_HOUSE: str(as_there)})
    return form


def zone_rule_values(rule: Rule, own: Rule | None) -> dict[str, object]:
    """As its form holds it."""
    return {"mode": own.in_force if own else AS_IN_THE_HOUSE, "parameter": parameter_of(rule)}


def rule_form(rule: Rule, house: House, today: date) -> RuleForm:
    """What the rule is today, with only the fields that it has."""
    form = RuleForm(data={**rule_values(rule, house), "valid_from": today})
    _ask_what_it_has(form, rule, {})
    if rule.code == PLACED_BY_HOURS:
        del form.places, form.spaces
    else:
        form.places.choices = choices(_places(house))
    return form


def _ask_what_it_has(form: HowItHolds, rule: Rule, more: Mapping[str, str]) -> None:
    """How hard it holds, or what `more` there is to choose, and its number where it has one."""
    modes = {mode: f"{MODE_WORDS[mode]}: {MODE_HINTS[mode]}" for mode in RULES[rule.code].modes}
    form.mode.choices = choices({**modes, **more})
    if rule.code in PARAMETERS_ASKED:
        label, hint = PARAMETERS_ASKED[rule.code]
        form.parameter.label.text, form.parameter.description = label, hint or ""
    else:
        del form.parameter


def rule_values(rule: Rule, house: House) -> dict[str, object]:
    """As its form holds it."""
    ticked = {*house.buildings, *house.floors, *house.zones}
    return {
        "mode": rule.in_force,
        "parameter": parameter_of(rule),
        "places": sorted(rule.applies_to & ticked),
        "spaces": "; ".join(sorted(rule.applies_to - ticked)),
    }


def _values(rule: Rule) -> dict[str, object]:
    return {"mode": rule.in_force, "parameter": parameter_of(rule), "applies_to": rule.applies_to}


def _places(house: House) -> dict[str, str]:
    """From roof to zone."""
    here = language()
    return {
        code: f"{place.names.in_language(here)} ({code})"
        for places in (house.buildings, house.floors, house.zones)
        for code, place in places.items()
    }

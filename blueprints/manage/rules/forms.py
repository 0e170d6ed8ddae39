"""How a rule is to hold, as somebody fills it in: how hard, with what number, where, from when until when, and why."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from blueprints.booking.forms import choices
from blueprints.manage.flow.forms import ChangeForm
from blueprints.manage.words.rules import MODE_HINTS, MODE_WORDS, PARAMETERS_ASKED, parameter_of
from blueprints.web.language import language
from blueprints.web.value_field import ValueField
from models.rules.changes.rules import LAST_DAY, timeline_of
from models.rules.house.house import House, Rule
from models.rules.house.rule_parameters import PLACED_BY_HOURS, RULES
from models.rules.values import DAY, LINE, Text


class RuleForm(ChangeForm):
    """Places are ticked, single spaces are typed by their codes: there are too many of them to tick."""

    mode = RadioField(_("How hard it holds"), [InputRequired(_("Choose one of the values offered."))])
    parameter = ValueField(None, LINE)
    places = SelectMultipleField(_("Where it applies"))
    spaces = ValueField(_("Or only in these spaces"), Text(4000))
    valid_to = ValueField(_("Until and including"), DAY)
    legal_basis = ValueField(_("On what ground"), LINE)

    def wished(self) -> dict[str, object]:
        """Everything as it stands in the form, changed or not."""
        found: dict[str, object] = {"mode": self.mode.data}
        if "parameter" in self:
            found["parameter"] = self.parameter.data or ""
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


def rule_form(rule: Rule, house: House, today: date) -> RuleForm:
    """What the rule is today, with only the fields that it has."""
    form = RuleForm(data={**rule_values(rule, house), "valid_from": today})
    form.mode.choices = choices({mode: f"{MODE_WORDS[mode]}: {MODE_HINTS[mode]}" for mode in RULES[rule.code].modes})
    if rule.code in PARAMETERS_ASKED:
        label, hint = PARAMETERS_ASKED[rule.code]
        form.parameter.label.text, form.parameter.description = label, hint or ""
    else:
        del form.parameter
    if rule.code == PLACED_BY_HOURS:
        del form.places, form.spaces
    else:
        form.places.choices = choices(_places(house))
    return form


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

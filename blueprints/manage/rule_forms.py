"""How a rule is to hold, as somebody fills it in: how hard, with what number, where, from when until when, and why."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional

from blueprints.booking.forms import choices, plain_text, readable_date, trimmed
from blueprints.booking.messages import bad_request_sentence
from blueprints.manage.forms import LONGEST_BASIS, ChangeForm
from blueprints.manage.rule_words import MODE_HINTS, MODE_WORDS, PARAMETERS_ASKED, parameter_of
from blueprints.web.language import language
from models.rules.changes.rules import LAST_DAY, timeline_of
from models.rules.house import House, Rule
from models.rules.refusals import BadRequest
from models.rules.rule_parameters import PLACED_ELSEWHERE, modes_of

LONGEST_PARAMETER, LONGEST_LIST = 200, 4000
LAST_ASKED = ("valid_from", "valid_to", "legal_basis", "reason", "seen")


class RuleForm(ChangeForm):
    """Places are ticked, single spaces are typed by their codes: there are too many of them to tick."""

    mode = RadioField(_("How hard it holds"), [InputRequired(_("Choose one of the values offered."))])
    parameter = StringField(validators=[Length(max=LONGEST_PARAMETER), plain_text], filters=[trimmed])
    places = SelectMultipleField(_("Where it applies"))
    spaces = StringField(_("Or only in these spaces"), [Length(max=LONGEST_LIST), plain_text], filters=[trimmed])
    valid_to = DateField(_("Until and including"), [Optional(), readable_date])
    legal_basis = StringField(_("On what ground"), [Length(max=LONGEST_BASIS), plain_text], filters=[trimmed])

    def __iter__(self):
        """In the page's order, which is the error summary's too."""
        return iter(sorted(super().__iter__(), key=lambda field: LAST_ASKED.index(field.name)
                           if field.name in LAST_ASKED else -1))

    def wished(self) -> dict[str, object]:
        """Everything as it stands in the form, changed or not."""
        found: dict[str, object] = {"mode": self.mode.data}
        if "parameter" in self:
            found["parameter"] = self.parameter.data or ""
        if "places" in self:
            typed = (self.spaces.data or "").replace(",", ";").split(";")
            found["applies_to"] = frozenset((*(self.places.data or ()),
                                             *(each.strip() for each in typed if each.strip())))
        return found

    def changed(self, house: House, code: str, today: date) -> dict[str, object]:
        """What is to be otherwise than today. Where nothing is, but something was planned to be: that stays as it is
        today."""
        wished, held = self.wished(), _values(house.rule(code, today))
        changed = {name: value for name, value in wished.items() if value != held[name]}
        if changed:
            return changed
        first, last = self.valid_from.data or today, self.valid_to.data or LAST_DAY
        planned = [_values(house.rule(code, first)),
                   *(_values(rule) for since, rule in timeline_of(house, code) if first < since <= last)]
        return {name: value for name, value in wished.items() if any(each[name] != value for each in planned)}

    def blame(self, fault: BadRequest) -> None:
        """Say at its field what the rules have against it."""
        name = {"from": "valid_from", "to": "valid_to", "applies_to": "spaces"}.get(fault.field, fault.field)
        field = self[name] if name in self else self.mode
        field.errors = [*field.errors, bad_request_sentence(fault)]


def rule_form(rule: Rule, house: House, today: date, seen: int) -> RuleForm:
    """What the rule is today, with only the fields that it has."""
    ticked = {*house.buildings, *house.floors, *house.zones}
    form = RuleForm(data={
        "mode": rule.in_force, "parameter": parameter_of(rule), "places": sorted(rule.applies_to & ticked),
        "spaces": "; ".join(sorted(rule.applies_to - ticked)), "valid_from": today, "seen": str(seen)})
    form.mode.choices = choices({mode: f"{MODE_WORDS[mode]}: {MODE_HINTS[mode]}" for mode in modes_of(rule.code)})
    if rule.code in PARAMETERS_ASKED:
        label, hint = PARAMETERS_ASKED[rule.code]
        form.parameter.label.text, form.parameter.description = label, hint or ""
    else:
        del form.parameter
    if rule.code in PLACED_ELSEWHERE:
        del form.places, form.spaces
    else:
        form.places.choices = choices(_places(house))
    return form


def _values(rule: Rule) -> dict[str, object]:
    return {"mode": rule.in_force, "parameter": parameter_of(rule), "applies_to": rule.applies_to}


def _places(house: House) -> dict[str, str]:
    """From roof to zone."""
    here = language()
    return {code: f"{place.names.in_language(here)} ({code})"
            for places in (house.buildings, house.floors, house.zones) for code, place in places.items()}

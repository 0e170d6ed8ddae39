"""How a rule is shown: in the list of all of them, and on its own page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.booking.messages import role_word
from blueprints.manage.words.rules import (
    MODE_LOOKS,
    MODE_WORDS,
    RULES,
    SCOPES,
    is_everywhere,
    parameter_words,
    places_words,
    why_fixed,
)
from models.rules.changes.rules import next_change
from models.rules.house import rule_parameters as known
from models.rules.house.house import House, Rule
from models.rules.house.rule_parameters import is_fixed
from models.rules.people.rights import CRISIS_RULE


def rule_row(code: str, house: House, today: date, warned: Mapping[str, int]) -> dict:
    held, later = house.rule(code, today), next_change(house, code, today)
    return facts_of(held, house) | {
        "url": url_for("manage.rule", code=code),
        "warned": warned.get(code, 0),
        "later": later_words(later, held, house),
    }


def facts_of(held: Rule, house: House) -> dict:
    title, sentence = RULES[held.code]
    fixed = is_fixed(held.code, held.owner_role)
    return {
        "code": held.code,
        "title": title,
        "sentence": sentence,
        "scope": SCOPES[known.RULES[held.code].counted],
        "mode": MODE_WORDS[held.in_force],
        "look": MODE_LOOKS[held.in_force],
        "parameter": parameter_words(held),
        "places": places_words(held.applies_to, house),
        "is_everywhere": is_everywhere(held.applies_to, house),
        "fixed": why_fixed(held.code) if fixed else "",
        "owner": _("Nobody: it is built in") if fixed else role_word(held.owner_role),
        "override": held.override_allowed,
        "is_crisis": held.code == CRISIS_RULE,
    }


def later_words(later: Rule | None, held: Rule, house: House) -> str:
    """What is planned, the mode first: it is what people will meet."""
    if later is None:
        return ""
    day = format_date(later.valid_from, "d MMMM y")
    if later.in_force != held.in_force:
        return {
            "enforce": _("refuses from %(day)s on", day=day),
            "warn": _("only warns from %(day)s on", day=day),
            "off": _("off from %(day)s on", day=day),
        }[later.in_force]
    said = [parameter_words(later)] if later.parameter != held.parameter else []
    if later.applies_to != held.applies_to:
        said.append(places_words(later.applies_to, house))
    return _("from %(day)s on: %(what)s", day=day, what="; ".join(said))

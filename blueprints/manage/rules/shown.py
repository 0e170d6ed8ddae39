"""How a rule is shown: in the list of all of them, on its own page, and as a single zone has it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.booking.messages import place_name, role_word
from blueprints.manage.words.rules import (
    MODE_LOOKS,
    MODE_WORDS,
    RULES,
    SCOPES,
    is_everywhere,
    parameter_words,
    places_words,
    rule_address,
    why_fixed,
)
from models.rules.changes.rules import next_change, own_timeline, zones_of
from models.rules.house import rule_parameters as known
from models.rules.house.crisis import CRISIS_RULE
from models.rules.house.house import House, Rule
from models.rules.house.rule_parameters import is_fixed
from models.rules.house.timeline import held_on


def rule_row(code: str, house: House, today: date, warned: Mapping[str, int]) -> dict:
    held, later = house.rule(code, today), next_change(house, code, today)
    otherwise = {each for each in zones_of(house, code) if held_on(own_timeline(house, code, each), today)}
    return facts_of(held, house) | {
        "url": rule_address(code),
        "warned": warned.get(code, 0),
        "later": later_words(later, held, house),
        "zones": links_to_zones(otherwise, code, house),
    }


def row_of_zone(zone: str, code: str, house: House, today: date) -> dict:
    """A zone that has, had or will have something of its own."""
    held, is_own = house.rule(code, today, zone), held_on(own_timeline(house, code, zone), today) is not None
    return facts_of(held, house) | {
        "url": rule_address(code, zone),
        "title": place_name(f"zone:{zone}", house),
        "later": later_words(next_change(house, code, today, zone), held, house),
        "is_own": is_own,
    }


def links_to_zones(zones: Collection[str], code: str, house: House) -> list[dict[str, str]]:
    return [
        {"url": rule_address(code, zone), "label": f"{place_name(f'zone:{zone}', house)} ({zone})"}
        for zone in house.zones
        if zone in zones
    ]


def facts_of(held: Rule, house: House) -> dict:
    """How a rule holds, as its page shows it."""
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

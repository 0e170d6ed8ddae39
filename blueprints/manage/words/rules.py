"""The rules of occupation in plain words: what each one asks, how hard it holds, and why some stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from babel.lists import format_list
from flask import url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.booking.crisis import percent_words
from blueprints.booking.messages import place_name
from blueprints.manage.words.capacity import change_words, since_words
from blueprints.web.dates import moment_text
from models.queries.place_changes import PlaceChange
from models.rules.house.house import PLACE_SORTS, House, Rule
from models.rules.house.rule_parameters import HARD_WIRED, MODES, percentages
from models.rules.house.rule_parameters import RULES as KNOWN
from models.rules.values import BadValue

# code: title, what it asks in one sentence
RULES: Mapping[str, tuple] = {
    "R01": (_l("Places of the layout"), _l("No more people than the chosen layout of the space has places.")),
    "R02": (_l("Fire limit of a space"), _l("No more people in a space than fire safety allows there.")),
    "R03": (_l("Limit of a zone"), _l("At no moment more people in a zone than its limit.")),
    "R04": (_l("Limit of a floor"), _l("At no moment more people on a floor than its stairs and exits can take.")),
    "R05": (_l("Limit of the building"), _l("At no moment more people in the building than its limit.")),
    "R06": (
        _l("One booking at a time"),
        _l("A space that is not shared is booked once at a time, with time to set it up in between."),
    ),
    "R07": (_l("Enough people"), _l("A large space is meant for a group of some size.")),
    "R08": (_l("Fresh air"), _l("No more people than the ventilation brings fresh air for.")),
    "R09": (_l("Crisis switch"), _l("For a while only a part of the places may be used, such as half of them.")),
    "R10": (_l("One desk for each person"), _l("Nobody holds two desks in the same half-day.")),
    "R11": (
        _l("Panic button"),
        _l("A service that asks for a panic button only receives people in a booth that has one."),
    ),
    "R12": (
        _l("In sight after hours"),
        _l("Late in the day, talks take place where colleagues can see into the booth."),
    ),
    "R13": (_l("One party in a booth"), _l("One party of clients at a time, and never their name in a title.")),
    "R14": (
        _l("Opening hours"),
        _l("A booking lies within the hours of its space, zone or building, and not on a closing day."),
    ),
    "R15": (_l("Coffee and lunch breaks"), _l("In the breaks, no group takes these places for itself alone.")),
    "R16": (
        _l("The neighbourhood first"),
        _l("The desks of a service are for its own people first; later everybody may take them."),
    ),
    "R17": (_l("Desks in a week"), _l("Nobody holds more than so many half-days at a desk in one week.")),
    "R18": (_l("Nobody came"), _l("A space is given free when nobody checks in.")),
    "R19": (_l("Approval"), _l("Some spaces are only booked once somebody has said yes.")),
    "R20": (
        _l("Wheelchairs above the ground floor"),
        _l("In a fire the lift stands still: each wheelchair user needs a waiting place or a buddy."),
    ),
    "R21": (
        _l("Accessible space"),
        _l("Whoever comes in a wheelchair gets a space that can be reached and has room for it."),
    ),
    "R22": (_l("Evenings"), _l("In the evening somebody named holds the keys, and everybody leaves in time.")),
    "R23": (_l("Not alone"), _l("During a talk with a client at least one colleague is near.")),
}
SCOPES = {
    "space": _l("Counted per space"),
    "zone": _l("Counted per zone"),
    "floor": _l("Counted per floor"),
    "building": _l("Counted for the building"),
    "person": _l("Counted per person"),
}
MODE_WORDS = {"enforce": _l("Refuses"), "warn": _l("Warns"), "off": _l("Off")}
MODE_HINTS = {
    "enforce": _l("What breaks the rule cannot be booked."),
    "warn": _l("The booking goes through and says what it breaks."),
    "off": _l("Nobody is stopped or told."),
}
MODE_LOOKS = {"enforce": ("accent", "shield"), "warn": ("warn", "warning"), "off": ("off", "cancel")}
# label and hint of the field in which it is set
PARAMETERS_ASKED: Mapping[str, tuple] = {
    "R09": (
        _l("Share of the places, in percent"),
        _l("One number for all kinds, or one per kind: meeting_room=50;desk=25."),
    ),
    "R12": (_l("From what time"), _l("As 17:00.")),
    "R16": (_l("How many hours before may everybody book"), None),
    "R17": (_l("Half-days in a week"), _l("A whole day counts for two.")),
    "R22": (_l("Everybody leaves by"), _l("As 23:00.")),
    "R23": (_l("Staff in the zone"), _l("Whoever has the talk is one of them.")),
}
_SAID: Mapping[str, Callable[[str], str]] = {
    "R12": lambda text: _("from %(time)s", time=text),
    "R16": lambda text: ngettext("until %(num)d hour before", "until %(num)d hours before", int(text)),
    "R17": lambda text: ngettext("%(num)d half-day in a week", "%(num)d half-days in a week", int(text)),
    "R22": lambda text: _("until %(time)s", time=text),
    "R23": lambda text: ngettext("%(num)d member of staff", "%(num)d members of staff", int(text)),
}
assert [*RULES] == [*KNOWN]
assert [*MODE_WORDS] == [*MODES]
assert [*PARAMETERS_ASKED] == [code for code, known in KNOWN.items() if known.takes]


def rule_title(code: str) -> str:
    return str(RULES[code][0])


def rule_title_in(zone: str, code: str, house: House) -> str:
    """Of a rule as a single zone has it."""
    return _("%(rule)s, in %(place)s", rule=rule_title(code), place=place_name(f"zone:{zone}", house))


def rule_address(code: str, zone: str | None = None) -> str:
    """The page of a rule, or of what a single zone has of it."""
    return url_for("manage.zone_rule", code=code, zone=zone) if zone else url_for("manage.rule", code=code)


def why_fixed(code: str) -> str:
    """Why nobody can change this rule here, and where to look instead."""
    if code == HARD_WIRED:
        return _(
            "The database itself keeps this promise, so that two bookings can never take the same place. "
            "It cannot be switched off."
        )
    if not KNOWN[code].modes:
        return _("Every space says this for itself. Change it at the space, under its rules for booking.")
    return _("The system itself sees to this rule.")


def parameter_of(rule: Rule) -> str:
    """What its field holds: the parameter, or what is usual where it has none that can be read."""
    known = KNOWN[rule.code]
    try:
        return known.takes.written(known.takes.from_text((rule.parameter or "").strip())) if known.takes else ""
    except BadValue:
        return known.usual


def parameter_words(rule: Rule) -> str:
    """The number, hour or share that belongs to it, as people say it; empty for a rule without one."""
    text = parameter_of(rule)
    if not text:
        return ""
    return percent_words(percentages(text) or {}) if rule.code not in _SAID else _SAID[rule.code](text)


def places_words(places: Iterable[str], house: House, most: int = 6) -> str:
    """Where a rule applies, from the building to the space; many of them are counted."""
    places = set(places)
    if is_everywhere(places, house):
        return _("Everywhere")
    names = [
        place_name(f"{scope}:{code}", house) for scope in PLACE_SORTS for code in house.by_sort[scope] if code in places
    ]
    if len(names) > most:
        return ngettext("in %(num)d place", "in %(num)d places", len(names))
    return format_list(names, locale=get_locale())


def is_everywhere(places: Iterable[str], house: House) -> bool:
    """Nothing named, or every building."""
    return set(house.buildings) <= set(places) or not places


def rule_words(rule: Rule, house: House, zone: str | None = None) -> str:
    """How it holds in the house, or in a zone, in one line: refuses, 24 hours before, on the first floor."""
    places = place_name(f"zone:{zone}", house) if zone else places_words(rule.applies_to, house)
    parts = (str(MODE_WORDS[rule.in_force]), parameter_words(rule), places)
    return "; ".join(part for part in parts if part)


def rule_news(code: str, changes: Iterable[PlaceChange], house: House) -> list[str]:
    """What others did to this rule, each a sentence."""
    return [_news_words(each, code, house) for each in changes]


def _news_words(change: PlaceChange, code: str, house: House) -> str:
    after, zone = change.facts.get("after"), change.facts.get("zone")
    if after is None:
        return change_words(change)
    rule = Rule(code, parameter=after["parameter"], applies_to=frozenset(after["applies_to"]), mode=after["mode"])
    return _(
        "%(who)s, %(when)s: %(what)s, from %(since)s on. Reason: %(reason)s",
        who=change.by or _("Somebody"),
        when=moment_text(change.at),
        what=rule_words(rule, house, zone),
        since=since_words(date.fromisoformat(change.facts["valid_from"])),
        reason=change.facts["reason"],
    )

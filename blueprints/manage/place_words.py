"""What a manager reads about spaces and zones: sorts, accesses, what a change was about, what is wrong with a wish."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from blueprints.booking.messages import bad_request_sentence, kind_word, layout_word, role_word
from models.rules.changes import spaces
from models.rules.policy import KINDS
from models.rules.refusals import BadRequest

RULES = sorted(spaces.RULES)
CHOICES: Mapping[str, Mapping[str, str]] = {
    "approval_for": {"all": _l("Everyone's"), "outside": _l("Only those of residents and associations")},
    "privacy_default": {"busy": _l("Only that it is taken"), "title": _l("The title too"),
                        "public": _l("Everyone may see it")},
    "air_level": {"A": _l("A: 40 m³ an hour for each person"), "B": _l("B: 25 m³ an hour for each person")}}


def sort_word(sort: str) -> str:
    """Of a kind, or of one of its varieties."""
    return kind_word(sort) if sort in KINDS else {
        "protocol_hall": _("Ceremonial hall"), "coffee_corner": _("Coffee corner")}[sort]


def access_word(access: str) -> str:
    return {"public": _("Everyone"), "semi_public": _("Everyone, in opening hours"), "staff": _("Whoever works here"),
            "restricted": _("Only its own service"), "partner": _("A partner's staff")}[access]


def language_word(language: str) -> str:
    return {"nl": _("Dutch"), "fr": _("French"), "en": _("English"), "de": _("German")}[language]


def field_word(name: str) -> str:
    """What a field of a space, a zone or a policy is called."""
    if name.startswith("name_"):
        return _("Name in %(language)s", language=language_word(name.removeprefix("name_")))
    return {
        "code": _("Code"), "sort": _("Kind"), "zone": _("Zone"), "floor": _("Floor"), "owner": _("Whose it is"),
        "bookable_by": _("Who may book it"), "exclusive": _("One booking at a time"),
        "parts": _("Consists of"), "equipment": _("Equipment"), "hearing_loop": _("Hearing loop"),
        "public_bookable": _("Open to residents and associations"), "notes": _("Notes"), "access": _("Who comes there"),
        "silent": _("Silent zone"), "valid_from": _("First day"), "valid_to": _("Last day"),
        "default_layout": _("Usual layout"), "min_attendees": _("Meant for at least"),
        "slot_minutes": _("Starts and ends on steps of"), "min_minutes": _("Shortest booking"),
        "max_minutes": _("Longest booking"), "buffer_before": _("Time to set up before"),
        "buffer_after": _("Time to clear up after"), "advance_days": _("How far ahead"),
        "auto_release_minutes": _("Free again when nobody came"), "approval_role": _("Who approves"),
        "approval_for": _("Whose bookings need approval"), "privacy_default": _("What others see"),
        "after_hours_allowed": _("Evenings and weekends too"), "panic_button": _("Panic button"),
        "sightline": _("Colleagues can see in"), "accessible": _("Accessible by wheelchair"),
        "wheelchair_places": _("Places for a wheelchair"), "fire_max": _("Fire safety: at most"),
        "ventilation_m3h": _("Fresh air per hour"), "air_level": _("Air level"),
    }[name]


def change_said(action: str, facts: Mapping) -> str:
    """What somebody did to a space or zone, in a few words; empty for a change that has words of its own."""
    if action == "retire_space":
        return _("taken out of use")
    if action == "restore_space":
        return _("brought back into use")
    names = facts.get("changed") if action in ("change_space", "change_zone") else facts.get("rules", {}).keys()
    return ", ".join(field_word(name) for name in names) if action in (
        "change_space", "change_zone", "change_policy") else ""


def rules_said(before, row) -> str:
    """What a policy row says otherwise than the one before it."""
    if before is None:
        return _("The rules it started with")
    said = [f"{field_word(name)}: {value_word(name, getattr(row, name))}" for name in RULES
            if getattr(row, name) != getattr(before, name)]
    if row.active != before.active:
        said.insert(0, _("Back in use") if row.active else _("Out of use"))
    return "; ".join(said) or _("Another number of places")


def value_word(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None:
        return _("nobody") if name == "approval_role" else _("no limit")
    if name in ("slot_minutes", "min_minutes", "max_minutes", "buffer_before", "buffer_after", "auto_release_minutes"):
        return ngettext("%(num)d minute", "%(num)d minutes", value)
    if name in ("approval_for", "privacy_default"):
        return str(CHOICES[name][value])
    return {"approval_role": role_word, "default_layout": layout_word}.get(name, str)(value)


def fault_sentence(error: BadRequest) -> str:
    """What is wrong with a space, a zone or a drawing; else what is wrong with any field."""
    make = _FAULTS.get(error.code)
    return make(error.facts) if make else bad_request_sentence(error)


def deletable_sentence(error: BadRequest) -> str:
    """Why a space stays for good."""
    return {
        "has_history": lambda: _("It stays: bookings, a calendar address or the log speak of it. Take it out of use "
                                 "instead."),
        "has_rules": lambda: _("It stays: an occupancy rule names it."),
        "is_a_part": lambda: _("It stays: %(place)s consists of it.", **error.facts),
    }[error.code]()


_FAULTS = {
    "taken_code": lambda f: _("The code %(place)s is taken.", **f),
    "not_a_code": lambda f: _("A code has no / ; ? or #, no percent sign, and no space before or after it."),
    "too_long": lambda f: ngettext("At most %(num)d character.", "At most %(num)d characters.", f["longest"]),
    "control_character": lambda f: _("This text holds characters that cannot be shown."),
    "too_many_items": lambda f: ngettext("At most %(num)d thing.", "At most %(num)d things.", f["most"]),
    "never_exclusive": lambda f: _("A coffee corner is always shared."),
    "has_bookings": lambda f: _("There are bookings in this space already: this stays as it is. Make a new space and "
                                "take this one out of use."),
    "unknown_part": lambda f: _("We know no space %(place)s that can be a part.", **f),
    "part_has_parts": lambda f: _("%(place)s consists of parts itself: name those.", **f),
    "part_elsewhere": lambda f: _("%(place)s lies in another building.", **f),
    "is_a_part": lambda f: _("This space is a part of %(place)s and cannot have parts itself.", **f),
    "zone_of_others": lambda f: _("Choose a zone of your own organisation."),
    "owner_stays": lambda f: _("Only facility management gives a space to another organisation."),
    "another_sort": lambda f: _("The copy is of the same kind as what it is copied from."),
    "one_place_a_desk": lambda f: _("A desk has one place."),
    "before_valid_from": lambda f: _("The last day does not come before the first."),
    "zone_has_spaces": lambda f: _("Spaces lie in this zone, or it is drawn on the plan: it stays on its floor."),
    "below_shortest": lambda f: _("The longest booking cannot be shorter than the shortest one."),
    "layout_without_places": lambda f: _("Give this layout a number of places first."),
    "not_accessible": lambda f: _("A space with places for a wheelchair is accessible by wheelchair."),
    "half_days_are_for_desks": lambda f: _("Desks are booked in half-days, and only they are."),
    "not_after_that": lambda f: _("It comes back on a later day than it goes out of use."),
    "not_on_the_plan": lambda f: _("Everything lies within %(most)s metres from the top-left corner, and is at least "
                                   "10 cm wide and deep.", **f),
    "none_chosen": lambda f: _("Choose the spaces for which it is meant."),
    "nothing_typed": lambda f: _("Change a number in the table, or choose spaces and say what is to be the same for "
                                 "all."),
    "not_on_this_floor": lambda f: _("This does not lie on this floor."),
}

"""What a manager reads about spaces and zones: sorts, accesses, what a change was about, what is wrong with a wish."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from blueprints.booking.messages import kind_word, layout_word, role_word
from models.rules.changes import spaces
from models.rules.house.policy import KINDS

RULES = sorted(spaces.RULES)
CHOICES: Mapping[str, Mapping[str, str]] = {
    "approval_for": {"all": _l("Everyone's"), "outside": _l("Only those of residents and associations")},
    "privacy_default": {
        "busy": _l("Only that it is taken"),
        "title": _l("The title too"),
        "public": _l("Everyone may see it"),
    },
    "air_level": {"A": _l("A: 40 m³ an hour for each person"), "B": _l("B: 25 m³ an hour for each person")},
}


def sort_word(sort: str) -> str:
    """Of a kind, or of one of its varieties."""
    return (
        kind_word(sort)
        if sort in KINDS
        else {"protocol_hall": _("Ceremonial hall"), "coffee_corner": _("Coffee corner")}[sort]
    )


def access_word(access: str) -> str:
    return {
        "public": _("Everyone"),
        "semi_public": _("Everyone, in opening hours"),
        "staff": _("Whoever works here"),
        "restricted": _("Only its own service"),
        "partner": _("A partner's staff"),
    }[access]


def language_word(language: str) -> str:
    return {"nl": _("Dutch"), "fr": _("French"), "en": _("English"), "de": _("German")}[language]


def field_word(name: str) -> str:
    """What a field of a space, a zone or a policy is called."""
    if name.startswith("name_"):
        return _("Name in %(language)s", language=language_word(name.removeprefix("name_")))
    return {
        "code": _("Code"),
        "sort": _("Kind"),
        "zone": _("Zone"),
        "floor": _("Floor"),
        "owner": _("Whose it is"),
        "bookable_by": _("Who may book it"),
        "exclusive": _("One booking at a time"),
        "parts": _("Consists of"),
        "equipment": _("Equipment"),
        "hearing_loop": _("Hearing loop"),
        "public_bookable": _("Open to residents and associations"),
        "notes": _("Notes"),
        "access": _("Who comes there"),
        "silent": _("Silent zone"),
        "valid_from": _("First day"),
        "valid_to": _("Last day"),
        "default_layout": _("Usual layout"),
        "min_attendees": _("Meant for at least"),
        "slot_minutes": _("Starts and ends on steps of"),
        "min_minutes": _("Shortest booking"),
        "max_minutes": _("Longest booking"),
        "buffer_before": _("Time to set up before"),
        "buffer_after": _("Time to clear up after"),
        "advance_days": _("How far ahead"),
        "auto_release_minutes": _("Free again when nobody came"),
        "approval_role": _("Who approves"),
        "approval_for": _("Whose bookings need approval"),
        "privacy_default": _("What others see"),
        "after_hours_allowed": _("Evenings and weekends too"),
        "panic_button": _("Panic button"),
        "sightline": _("Colleagues can see in"),
        "accessible": _("Accessible by wheelchair"),
        "wheelchair_places": _("Places for a wheelchair"),
        "fire_max": _("Fire safety: at most"),
        "ventilation_m3h": _("Fresh air per hour"),
        "air_level": _("Air level"),
    }[name]


def change_said(action: str, facts: Mapping) -> str:
    """What somebody did to a space or zone, in a few words; empty for a change that has words of its own."""
    if action == "retire_space":
        return _("taken out of use")
    if action == "restore_space":
        return _("brought back into use")
    if action == "set_line":
        return _("how its line is called")
    names = facts.get("changed", ()) if action in ("change_space", "change_zone") else facts.get("rules", ())
    return (
        ", ".join(field_word(name) for name in names)
        if action in ("change_space", "change_zone", "change_policy")
        else ""
    )


def rules_said(before, row) -> str:
    """What a policy row says otherwise than the one before it."""
    if before is None:
        return _("The rules it started with")
    said = [
        f"{field_word(name)}: {value_word(name, getattr(row, name))}"
        for name in RULES
        if getattr(row, name) != getattr(before, name)
    ]
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
        return str(CHOICES[name][str(value)])
    return {"approval_role": role_word, "default_layout": layout_word}.get(name, str)(str(value))

"""What a manager reads: who set what and when, and how many places count for what reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from blueprints.booking.day import hours_words
from blueprints.booking.messages import kind_word, layout_word, place_name, rule_word, when_words
from blueprints.booking.show import booking_label
from blueprints.manage.words.places import change_said
from blueprints.web.dates import moment_text
from blueprints.web.language import language
from models.queries.effects import Effects
from models.queries.place_changes import PlaceChange
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.house.policy import SpacePolicy
from models.rules.judging.above import AboveLimit, persons_told
from models.rules.judging.peaks import Peak
from models.rules.people.discretion import Viewer, seen_by
from models.rules.times.interval import civil_date

BEGINNING = date(1900, 1, 1)  # what was imported without a date holds from long before any booking


def people(number: int | None) -> str:
    return _("no limit") if number is None else ngettext("%(num)d person", "%(num)d people", number)


def since_words(day: date) -> str:
    return _("the beginning") if day < BEGINNING else format_date(day, "d MMMM y")


def what_binds(policy: SpacePolicy, layout: str) -> str:
    """Why no more places count in a layout; a ceiling is told apart from the layout's own places."""
    places = policy.places(layout)
    if places is None:
        return ""
    if places.rule == "R01" and places.limit < policy.capacities[layout]:
        return _("ceiling")
    return rule_word(places.rule)


def layout_rows(policy: SpacePolicy) -> list[tuple[str, int, int, str]]:
    """Layout, places set, places that count, and what binds; the default layout first."""
    layouts = sorted(policy.capacities, key=lambda layout: (layout != policy.default_layout, layout))
    return [
        (layout_word(layout), policy.capacities[layout], places.limit, what_binds(policy, layout))
        for layout in layouts
        if (places := policy.places(layout)) is not None
    ]


def booking_cells(booking: Booked, viewer: Viewer) -> dict:
    """A booking in a manager's list: when it is, what it is called and where, as this viewer may see it."""
    seen, house = seen_by(viewer, booking), viewer.house
    return {
        "when": when_words(seen.during, house),
        "title": booking_label(seen, kind_word(seen.kind)),
        "url": "" if seen.detail == "busy" else url_for("booking.one", handle=seen.handle),
        "space": house.spaces[seen.space].names.in_language(language()),
        "code": seen.space,
        "kind": seen.kind,
    }


def above_rows(above: Iterable[AboveLimit], viewer: Viewer) -> list[dict]:
    """The bookings above a limit as this viewer may see them."""
    return [
        booking_cells(each.booking, viewer)
        | {
            "persons": persons_told(each, viewer),
            "limit": each.limit,
            "rule": rule_word(each.rule),
            "place": None if each.scope.startswith("space:") else place_name(each.scope, viewer.house),
        }
        for each in above
    ]


def above_days(above: Iterable[AboveLimit], peaks: Iterable[Peak], viewer: Viewer) -> list[dict]:
    """The same by date, each with when too many are there and how many, for who may know."""
    zone = viewer.house.zone
    rows: dict[date, list[AboveLimit]] = {}
    said: dict[date, list[str]] = {}
    for each in above:
        rows.setdefault(civil_date(each.booking.during.start, zone), []).append(each)
    for peak in peaks:
        day, hours = civil_date(peak.during.start, zone), hours_words(peak.during, viewer.house)
        number = f"{peak.too_many}" if peak.most == peak.too_many else f"{peak.too_many}–{peak.most}"
        said.setdefault(day, []).append(_("%(number)s too many at most, %(hours)s", number=number, hours=hours))
    return [
        {
            "day": format_date(day, "EEEE d MMMM y"),
            "peaks": said.get(day, []),
            "rows": above_rows(rows.get(day, ()), viewer),
        }
        for day in sorted({*rows, *said})
    ]


def apart_words(apart: Mapping[str, int], house: House) -> list[str]:
    """Those of organisations under secrecy: how many lie in a change, and to nobody else whether they fit it."""
    return [
        ngettext(
            "%(num)d booking of %(organisation)s lies in this change. Only their own people see whether it must move.",
            "%(num)d bookings of %(organisation)s lie in this change. Only their own people see whether one must move.",
            number,
            organisation=house.organisations[code].names.in_language(language()),
        )
        for code, number in apart.items()
    ]


def above_left(effects: Effects) -> str:
    """Of those who stay where there is no place for them."""
    return ngettext(
        "%(num)d booking now stands above the limit. It stays as it is until somebody moves it.",
        "%(num)d bookings now stand above the limit. They stay as they are until somebody moves them.",
        len(effects.above),
    )


def change_words(change: PlaceChange) -> str:
    """One sentence on what somebody else did meanwhile."""
    if change.action == "import_building":
        return _("%(when)s: the building was imported anew.", when=moment_text(change.at))
    facts = change.facts
    if "valid_from" not in facts:
        return _(
            "%(who)s, %(when)s: %(what)s",
            who=change.by or _("Somebody"),
            when=moment_text(change.at),
            what=change_said(change.action, facts),
        )
    return _(
        "%(who)s, %(when)s: %(what)s, from %(since)s on. Reason: %(reason)s",
        who=change.by or _("Somebody"),
        when=moment_text(change.at),
        what=change_said(change.action, facts) or _what(facts),
        since=since_words(date.fromisoformat(facts["valid_from"])),
        reason=facts.get("reason", ""),
    )


def _what(facts: Mapping) -> str:
    if "max_persons" in facts:
        return people(facts["max_persons"])
    said = []
    if facts.get("ceiling_set"):
        said.append(
            _("at most %(people)s in every layout", people=people(facts["ceiling"]))
            if facts["ceiling"] is not None
            else _("no ceiling over the layouts")
        )
    for layout, number in sorted((facts.get("capacities") or {}).items()):
        counts = _("not offered") if number is None else number
        said.append(f"{layout_word(layout)} {counts}")
    return "; ".join(said)

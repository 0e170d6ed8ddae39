"""A week of hours, and whatever no longer lies within it, as a manager reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from typing import TypedDict

from flask_babel import format_date, format_datetime, get_locale, lazy_gettext
from flask_babel import gettext as _

from blueprints.booking.day import CLOCK
from blueprints.manage.words.capacity import booking_cells, since_words
from blueprints.web.dates import moment_text
from blueprints.web.language import language
from models.queries.place_changes import PlaceChange
from models.rules.changes.hours import KINDS, Period, WeekRow
from models.rules.house.house import House
from models.rules.judging.unfit import Unfit
from models.rules.people.discretion import Viewer

MOST_SHOWN = 50
KIND_WORDS: Mapping[str, str] = {
    "staff_access": lazy_gettext("Staff access"),
    "public": lazy_gettext("Residents and associations"),
    "after_hours": lazy_gettext("Evenings"),
    "protected_break": lazy_gettext("Protected break"),
}


class HoursOfAKind(TypedDict):
    kind: str
    hours: list[str]


def day_names(width: str = "wide") -> dict[int, str]:
    """Monday is 1."""
    return {number + 1: name for number, name in get_locale().days["format"][width].items()}


def closed_words(organisations: frozenset[str], house: House) -> str:
    if not organisations or organisations >= house.organisations.keys():
        return _("Everyone")
    return ", ".join(
        organisation.names.in_language(language())
        for code, organisation in house.organisations.items()
        if code in organisations
    )


def week_lines(rows: Iterable[WeekRow]) -> list[HoursOfAKind]:
    """For each sort of hours its days: those with the same hours together, as Mon–Wed, Fri 09:00–12:00."""
    rows = list(rows)
    return [
        {"kind": KIND_WORDS[kind], "hours": _kind_lines([row for row in rows if row.kind == kind])}
        for kind in KINDS
        if any(row.kind == kind for row in rows)
    ]


def week_sentence(rows: Iterable[WeekRow]) -> str:
    lines = [f"{line['kind']}: {', '.join(line['hours'])}" for line in week_lines(rows)]
    return "; ".join(lines) or _("no hours of its own")


def _kind_lines(rows: list[WeekRow]) -> list[str]:
    hours: dict[tuple[int | None, int], list[tuple[int, int]]] = {}
    for row in sorted(rows):
        stretches = hours.setdefault((row.week_of_month, row.weekday), [])
        if stretches and row.opens <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(row.closes, stretches[-1][1]))
        else:
            stretches.append((row.opens, row.closes))
    together: dict[tuple, list[int]] = {}
    for (week, weekday), stretches in sorted(hours.items(), key=lambda item: (item[0][0] or 0, item[0][1])):
        together.setdefault((week, tuple(stretches)), []).append(weekday)
    return [f"{_days(weekdays, week)} {_stretches(stretches)}" for (week, stretches), weekdays in together.items()]


def _days(weekdays: list[int], week: int | None) -> str:
    """Neighbours as one: Mon–Wed, Fri."""
    names = day_names("abbreviated")
    runs: list[list[int]] = []
    for weekday in weekdays:
        if runs and runs[-1][-1] == weekday - 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    said = ", ".join(names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs)
    return (
        said
        if week is None
        else {
            1: _("first %(days)s of the month", days=said),
            2: _("second %(days)s of the month", days=said),
            3: _("third %(days)s of the month", days=said),
            4: _("fourth %(days)s of the month", days=said),
            5: _("fifth %(days)s of the month", days=said),
        }[week]
    )


def _stretches(stretches: Iterable[tuple[int, int]]) -> str:
    return " + ".join(f"{CLOCK[opens]}–{CLOCK[closes]}" for opens, closes in stretches)


def weeks_history(weeks: Iterable[Period], changes: Iterable[PlaceChange], today: date) -> list[dict]:
    """Newest first, each with the last word on it: who set it, when and why."""
    said = {change.facts["valid_from"]: change for change in changes if change.action == "set_hours"}
    rows = []
    for week in weeks:
        change = said.get(week.first.isoformat()) if week.first else None
        rows.append(
            {
                "since": since_words(week.first) if week.first else _("the beginning"),
                "is_planned": week.first is not None and week.first > today,
                "is_current": week.has(today),
                "what": week_sentence(week.rows),
                "why": change.facts.get("reason", "") if change else "",
                "ground": until_words(week),
                "who": change.by if change else "",
                "when": format_datetime(change.at, "d MMMM y HH:mm") if change else "",
                "first": week.first.isoformat() if week.first else "",
            }
        )
    return rows[::-1]


def until_words(week: Period) -> str:
    return _("until and including %(day)s", day=format_date(week.last, "d MMMM y")) if week.last else ""


def hours_change_words(change: PlaceChange) -> str:
    """One sentence on what somebody else did meanwhile."""
    when = moment_text(change.at)
    if change.action == "import_building":
        return _("%(when)s: the building was imported anew.", when=when)
    rows = [WeekRow(weekday, opens, closes, kind, week) for weekday, week, opens, closes, kind in change.facts["rows"]]
    return _(
        "%(who)s, %(when)s: %(what)s. Reason: %(reason)s",
        who=change.by or _("Somebody"),
        when=when,
        what=week_sentence(rows),
        reason=change.facts.get("reason", ""),
    )


def unfit_word(code: str) -> str:
    return {
        "organisation_closed": _("closed"),
        "outside_hours": _("outside the hours"),
        "protected_break": _("in a protected break"),
        "too_late_at_night": _("too late in the evening"),
        "key_holder_needed": _("needs a key holder"),
    }[code]


def unfit_rows(unfit: Iterable[Unfit], viewer: Viewer) -> list[dict]:
    """The bookings that do not fit as this viewer may see them, the first fifty."""
    return [
        booking_cells(each.booking, viewer) | {"why": [unfit_word(code) for code in each.codes]}
        for each in islice(unfit, MOST_SHOWN)
    ]

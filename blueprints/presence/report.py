"""What is kept of an evacuation or a drill: who began it, how long it took, and what was found where. No names of those
who were in the house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from blueprints.booking.day import Day
from blueprints.presence.evacuation_words import sort_badge, unsettled_words
from blueprints.presence.marking import floor_of, mark_words
from blueprints.presence.minutes import history_rows, minutes_rows
from blueprints.presence.words import length_words, name_in, sort_word
from models.queries.evacuations import late_marks
from models.rules.house.house import House
from models.rules.presence.evacuation import Evacuation, Outcome, ToClear, outcome
from models.rules.times.interval import civil_date


def report(found: Evacuation, lines: Sequence[ToClear], day: Day) -> dict[str, object]:
    """Of one that is over."""
    assert found.ended_at is not None, "while it runs there is a list to tick off"
    house, came_to = day.house, outcome(lines)
    groups = [line for line in lines if not line.is_zone and not line.is_added]
    return {
        "sort": sort_badge(found.sort),
        "unsettled": unsettled_words(came_to.unsettled),
        "facts": [
            (_("Building"), name_in(house.buildings, found.building)),
            (_("Date"), format_date(civil_date(found.started_at, house.zone), "EEEE d MMMM y")),
            (_("Begun"), _by(found.started_at, found.started_by, house)),
            (_("Ended"), _by(found.ended_at, found.ended_by, house)),
            (_("Lasted"), length_words(found.ended_at - found.started_at)),
            (_("Ticks that came in after the end"), late_marks(found) or ""),
        ],
        "figures": [
            {"label": _("People found outside"), "value": came_to.out, "note": _more_groups(came_to.groups_out)},
            {"label": _("People missing"), "value": came_to.missing},
            {"label": _("Where nobody was found"), "value": came_to.empty},
            {"label": _("Lines nobody looked at"), "value": came_to.unsettled.lines},
            {
                "label": _("Not on the list, added while it ran"),
                "value": came_to.added,
                "note": ngettext("%(num)d missing", "%(num)d missing", came_to.added_missing)
                if came_to.added_missing
                else "",
            },
            {
                "label": _("Zones searched"),
                "value": _("%(value)s of %(limit)s", value=came_to.zones_done, limit=came_to.zones),
            },
        ],
        "minutes": minutes_rows(found, lines, house),
        "history": history_rows(found, lines, house),
        "missing": [
            *(_row(line, house) for line in groups if line.mark and line.mark.mark == "missing"),
            *_missing_beside(came_to),
        ],
        "zones": [
            [name_in(house.zones, line.zone), mark_words(line, house) or _("Not searched")]
            for line in lines
            if line.is_zone
        ],
        "lines": [_row(line, house) for line in groups],
    }


def _missing_beside(came_to: Outcome) -> list[list[str]]:
    """Those who were not on the list: a number, for who they were is forgotten."""
    number = came_to.added_missing
    said = ngettext("%(num)d missing", "%(num)d missing", number)
    return [[_("Not on the list"), "", str(number), "", said]] if number else []


def _row(line: ToClear, house: House) -> list[str]:
    return [
        f"{name_in(house.spaces, line.space or '')} ({line.space})",
        name_in(house.floors, floor_of(line, house)),
        str(line.persons) if line.sort != "unknown" else "?",
        sort_word(line.sort),
        mark_words(line, house) or _("Not looked at"),
    ]


def _by(at: datetime, name: str | None, house: House) -> str:
    time = f"{at.astimezone(house.zone):%H:%M:%S}"
    return _("%(time)s, by %(name)s", time=time, name=name) if name else time


def _more_groups(number: int) -> str:
    return ngettext("and %(num)d group of unknown size", "and %(num)d groups of unknown size", number) if number else ""

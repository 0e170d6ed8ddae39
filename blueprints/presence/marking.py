"""What wardens see of a list that is being ticked off: its lines, how far they are, and who is still looked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.booking.day import Day, wall_clock
from blueprints.presence.evacuation import number_words, wheelchair_words
from blueprints.presence.evacuation_words import unsettled_words
from blueprints.presence.words import name_in, sort_word, what_word
from blueprints.web.language import language
from models.queries.bookings import bookings_by_id
from models.queries.people import people_by_username
from models.rules.house.house import House
from models.rules.people.discretion import may_be_named_for_rescue
from models.rules.presence.counts import LIST_HOLDS
from models.rules.presence.evacuation import Evacuation, Mark, ToClear, outcome


def floor_of(line: ToClear, house: House) -> str:
    return house.zones[line.zone].floor if line.zone in house.zones else ""


def rows_in_order(lines: Iterable[ToClear], evacuation: Evacuation, day: Day) -> list[dict]:
    """By floor and zone: the zone itself first, then whoever is or may be in it. Two queries at most."""
    house = day.house

    def place(line: ToClear) -> tuple:
        floor = house.floors.get(floor_of(line, house))
        return (
            floor.level if floor else 0,
            floor_of(line, house),
            line.zone,
            not line.is_zone,
            line.space or "",
            line.key,
        )

    return rows_of(sorted(lines, key=place), evacuation, day)


def lines_by_zone(lines: Iterable[ToClear], evacuation: Evacuation, day: Day) -> list[dict]:
    """The same in groups: {name, zones}, a floor each."""
    rows = rows_in_order((line for line in lines if not line.is_added), evacuation, day)
    return [
        {
            "name": name_in(day.house.floors, floor),
            "zones": [list(here) for _zone, here in groupby(on_floor, key=lambda row: row["zone"])],
        }
        for floor, on_floor in groupby(rows, key=lambda row: row["floor"])
    ]


def rows_of(lines: Sequence[ToClear], evacuation: Evacuation, day: Day) -> list[dict]:
    """Only these lines, for a page that has the others already."""
    named = _names(lines, evacuation, day)
    return [tick_row(line, named, evacuation, day) for line in lines]


def tick_row(line: ToClear, named: dict, evacuation: Evacuation, day: Day) -> dict:
    house = day.house
    person, buddy = named.get(line.booking, ("", None))
    space = house.spaces.get(line.space or "")
    row = {
        "key": line.key,
        "zone": line.zone,
        "floor": floor_of(line, house),
        "is_zone": line.is_zone,
        "is_added": line.is_added,
        "code": line.space or line.zone,
        "most": line.most_missing,
        "url": url_for("presence.mark", drill=evacuation.handle),
        "person": person,
        "wheelchair": wheelchair_words(line.wheelchair, buddy),
        "mark": line.mark.mark if line.mark else "",
        "said": mark_words(line, house),
    }
    if line.is_added:
        where = name_in(house.zones, line.zone) if line.zone else _("Elsewhere, or not known")
        return row | {"name": line.description or _("Not on the list"), "what": where, "number": "1", "people": ""}
    if line.is_zone:
        return row | {"name": name_in(house.zones, line.zone), "number": "", "people": "", "sort_word": "", "what": ""}
    return row | {
        "name": space.names.in_language(language()) if space else line.space,
        "what": what_word(space, house, day.date) if space else "",
        "sort_word": sort_word(line.sort),
        "number": str(line.persons) if line.sort != "unknown" else "?",
        "people": number_words(line.sort, line.persons),
    }


def mark_words(line: ToClear, house: House) -> str:
    """What was ticked off, by whom and when."""
    if line.mark is None:
        return ""
    said = _said_of_added(line.mark) if line.is_added else _said(line.mark)
    facts = {"said": said, "time": wall_clock(line.mark.at, house), "name": line.mark.by}
    return _("%(said)s – %(time)s, %(name)s", **facts) if line.mark.by else _("%(said)s – %(time)s", **facts)


def _place_of(line: ToClear, house: House) -> str:
    return line.zone if line.is_added else floor_of(line, house)


def _said_of_added(mark: Mark) -> str:
    return {"out": _("Found safe"), "empty": _("Entered by mistake"), "missing": _("Missing")}[mark.mark]


def _said(mark: Mark) -> str:
    return {
        "out": _("All out"),
        "empty": _("Searched, nobody there"),
        "missing": ngettext("%(num)d missing", "%(num)d missing", mark.missing),
    }[mark.mark]


def progress(lines: Sequence[ToClear], house: House) -> dict[str, object]:
    """How far they are, and who is missing where."""
    found = outcome(lines)
    return {
        "done": _("%(done)s of %(all)s lines looked at", done=found.lines_done, all=found.lines),
        "short": _("%(value)s of %(limit)s", value=found.lines_done, limit=found.lines),
        "missing": found.missing and ngettext("%(num)d missing", "%(num)d missing", found.missing),
        "zones": _("%(done)s of %(all)s zones searched", done=found.zones_done, all=found.zones),
        "unsettled": unsettled_words(found.unsettled),
        "missing_where": [
            {
                "key": line.key,
                "name": (line.description or _("Not on the list"))
                if line.is_added
                else name_in(house.spaces, line.space or ""),
                "code": line.space or "",
                "number": line.mark.missing,
                "floor": name_in(house.zones if line.is_added else house.floors, _place_of(line, house)),
            }
            for line in lines
            if line.mark and line.mark.mark == "missing"
        ],
    }


def _names(lines: Iterable[ToClear], evacuation: Evacuation, day: Day) -> dict[int, tuple]:
    """Whom to look for, and the wheelchair users' buddies, while the evacuation runs and its list is still true."""
    if evacuation.ended_at or day.now > evacuation.started_at + LIST_HOLDS:
        return {}
    numbers = [line.booking for line in lines if line.booking and line.sort != "expected"]
    if not numbers:
        return {}
    found = [each for each in bookings_by_id(numbers) if may_be_named_for_rescue(day.house, each)]
    buddies = people_by_username(each.evacuation_buddy for each in found if each.evacuation_buddy and each.wheelchair)
    return {each.id: (each.organiser_name, buddies.get(each.evacuation_buddy or "")) for each in found}

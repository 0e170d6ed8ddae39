"""The floor plan: where each space lies, in the state that the list gives it; and which floor a page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap

from flask_babel import gettext as _

from blueprints.booking.day import Day
from blueprints.booking.filters import Filter
from blueprints.web.language import language
from models.rules.house.house import Rectangle, Space

MOST_ON_A_PAGE = 150
WRITTEN_IN, A_LETTER = 3.3, 0.25  # metres on the drawing
EDGES, A_SMALL_LETTER = 0.3, 0.215  # of a narrow place, whose words stand below each other


def floors_of(spaces: Sequence[Space], day: Day) -> list[str]:
    return sorted({space.floor for space in spaces}, key=lambda code: (day.house.floors[code].level, code))


def floor_shown(view: str, spaces: Sequence[Space], asked: Filter, day: Day) -> str:
    """The one floor that a page shows, or "" where it shows all of them: a plan has one, and so has a list or timeline
    that would otherwise be too long to read. The one asked for, else the viewer's own, else the first."""
    floors = floors_of(spaces, day)
    if not floors or (view != "plan" and (len(spaces) <= MOST_ON_A_PAGE or asked.zone)):
        return ""
    home = day.house.zones.get(day.person.home_zone or "")
    wished = asked.floor or (home.floor if home else "")
    return wished if wished in floors else floors[0]


def floor_plan_of(floor: str, spaces: Sequence[Space], day: Day, rows: Sequence[Mapping]) -> dict | None:
    """A floor with these spaces on it, and as faint shapes what else is there; None where it has no drawing."""
    here, house = language(), day.house
    states = {row["code"]: row for row in rows}
    drawn = [space for space in spaces if space.floor == floor and space.rectangle]
    if not drawn:
        return None
    words = {
        "free": _("Free"),
        "taken": _("Taken"),
        "mine": _("Yours"),
        "closed": _("Not possible"),
        "pending": _("Waiting for approval"),
        "approval": _("Free, after approval"),
        "out": _("Out of service"),
    }
    zones = [
        _rectangle(zone.rectangle) | {"name": zone.names.in_language(here)}
        for zone in house.zones.values()
        if zone.floor == floor and zone.rectangle
    ]
    places = [_place(space, states[space.code], words) for space in _without_covers(drawn)]
    beside = [
        _rectangle(space.rectangle) | {"code": space.code}
        for space in _without_covers([each for each in house.spaces.values() if each.floor == floor])
        if space.rectangle and space.code not in states
    ]
    return {
        "floor": floor,
        "title": house.floors[floor].names.in_language(here),
        "zones": zones,
        "spaces": places,
        "beside": beside,
        "width": max(each["x"] + each["width"] for each in zones + places + beside),
        "depth": max(each["y"] + each["depth"] for each in zones + places + beside),
    }


def _without_covers(spaces: Sequence[Space]) -> list[Space]:
    """Parts are drawn as themselves; a composite that covers its parts would hide them, so it is left to the list."""
    codes = {space.code for space in spaces}
    return [space for space in spaces if len(space.parts) == 1 or not codes.issuperset(space.parts)]


def _place(space: Space, row: Mapping, words: Mapping[str, str]) -> dict:
    assert space.rectangle is not None, "what is not drawn has no place on the plan"
    state = row["state"]
    said, label = words[state], row.get("state_label") or words[state]
    brief, drawn = row.get("state_brief"), _rectangle(space.rectangle)
    written = label if drawn["width"] >= max(WRITTEN_IN, len(label) * A_LETTER) else brief or said
    is_said = brief or label.startswith(written)
    letters = int((drawn["width"] - EDGES) / A_SMALL_LETTER)
    name = space.names.in_language(language())
    aloud = ", ".join(
        filter(
            None,
            [f"{space.code} {written}", "" if is_said else label, "" if name == space.code else name],
        )
    )
    return drawn | {
        "code": space.code,
        "state": state,
        "written": written,
        "lines": wrap(written, max(letters, 1), break_long_words=False, break_on_hyphens=False),
        "short": space.code.rpartition("-")[2],
        "aloud": f"{aloud}. {row['why']}" if row.get("strip") else aloud,
        "url": row.get("book_url") or row["url"],
        "strip": row.get("strip"),
    }


def _rectangle(rectangle: Rectangle) -> dict[str, float]:
    return {
        "x": float(rectangle.x),
        "y": float(rectangle.y),
        "width": float(rectangle.width),
        "depth": float(rectangle.depth),
    }

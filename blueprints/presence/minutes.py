"""How long it took until people were accounted for: by zone, and beside earlier ones of the same sort."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from blueprints.presence.evacuation_words import title_of, unsettled_words
from blueprints.presence.words import length_words, name_in
from models.queries.evacuations import evacuations_before, lines_in
from models.rules.house.house import House
from models.rules.presence.evacuation import Evacuation, ToClear, outcome
from models.rules.presence.minutes import Reached, reached, reached_by_zone


def minutes_rows(found: Evacuation, lines: Sequence[ToClear], house: House) -> list[list[str]]:
    """The whole building first, then zone by zone."""
    whole = reached(lines, found.started_at)
    zones = reached_by_zone(lines, found.started_at)
    return [
        _row(name_in(house.buildings, found.building), whole),
        *(
            _row(name_in(house.zones, zone) or _("Zone unknown"), each)
            for zone, each in sorted(zones.items(), key=_known_first)
        ),
    ]


def history_rows(found: Evacuation, lines: Sequence[ToClear], house: House) -> list[list[str]]:
    """This one, and those of the same sort before it. Two queries; none before it: no rows."""
    before = evacuations_before(found)
    if not before:
        return []
    theirs = lines_in(each.id for each in before)
    shown = [(found, lines), *((each, theirs.get(each.id, [])) for each in before)]
    return [
        [
            *_row(_link(each, house), reached(on_it, each.started_at)),
            ", ".join(one["said"] for one in unsettled_words(outcome(on_it).unsettled)),
        ]
        for each, on_it in shown
    ]


def _known_first(one: tuple[str, Reached]) -> tuple[bool, str]:
    return not one[0], one[0]


def _row(name: str, found: Reached) -> list[str]:
    if not found.people:
        return [name, "0", *("–" for _each in found.after)]
    after = (_("not reached") if each is None else length_words(each) for each in found.after)
    return [name, str(found.people), *after]


def _link(found: Evacuation, house: House) -> Markup:
    address = url_for("presence.drill", drill=found.handle)
    return Markup('<a href="{}">{}</a>').format(address, title_of(found, house))

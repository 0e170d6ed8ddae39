"""What a manager reads above a table of spaces: what becomes otherwise, and what somebody else did meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from blueprints.booking.messages import layout_word, place_name
from blueprints.manage.words.capacity import change_words
from blueprints.manage.words.places import field_word, value_word
from models.queries.place_changes import PlaceChange
from models.rules.changes.turned import Turned
from models.rules.house.house import House


def group_word(group: str) -> str:
    return {
        "places": _("Places"),
        "people": _("Set-up"),
        "time": _("Time"),
        "horizon": _("When it can be booked"),
        "approval": _("Approval"),
        "privacy": _("Privacy"),
        "access": _("Accessibility"),
        "talks": _("Safety during talks"),
        "safety": _("Fire and fresh air"),
    }[group]


def cell_word(name: str) -> str:
    return {"places": _("Places"), "ceiling": _("Ceiling")}[name]


def change_rows(turned: Iterable[Turned], house: House) -> list[dict[str, object]]:
    """By space, each thing that becomes otherwise with its value before and after."""
    columns: dict[str, list[dict[str, str]]] = {}
    for each in turned:
        columns.setdefault(each.space, []).append(
            {
                "name": _thing(each.name),
                "before": _value(each.name, each.before),
                "after": _value(each.name, each.after),
            }
        )
    return [
        {"name": place_name(f"space:{code}", house), "code": code, "columns": found} for code, found in columns.items()
    ]


def changed_meanwhile(
    changes: Iterable[tuple[str, PlaceChange]], was: Mapping[str, object], present: Mapping[str, object], house: House
) -> list[str]:
    """Who did what to which space, then each number that is no longer what this page showed: `was` and `present` by the
    names of its cells."""
    said = [
        change_words(change)
        if not code
        else _("%(place)s: %(what)s", place=_place(code, house), what=change_words(change))
        for code, change in changes
    ]
    for cell in present:
        name, _sep, code = cell.partition("_")
        if cell in was and was[cell] != present[cell]:
            said.append(
                _(
                    "%(place)s, %(field)s: was %(before)s, is now %(now)s",
                    place=_place(code, house),
                    field=cell_word(name),
                    before=_number(was[cell]),
                    now=_number(present[cell]),
                )
            )
    return said


def _place(code: str, house: House) -> str:
    return f"{place_name(f'space:{code}', house)} ({code})"


def _thing(name: str) -> str:
    if name.startswith("places:"):
        return _("Places, %(layout)s", layout=layout_word(name.removeprefix("places:")))
    return {"ceiling": _("Ceiling"), "active": _("In use")}.get(name) or field_word(name)


def _value(name: str, value: object) -> str:
    if name.startswith("places:") or name == "ceiling":
        return _number(value)
    return value_word(name, value)


def _number(value: object) -> str:
    return _("none") if value is None else str(value)

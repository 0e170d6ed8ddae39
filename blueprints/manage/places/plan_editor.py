"""The plan of a floor to work on: a drawing to drag in, and beside it number fields that work without any script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms import HiddenField
from wtforms.validators import Length

from blueprints.manage.flow.forms import SeenForm
from blueprints.manage.flow.page import Page, done, shown_at
from blueprints.manage.words.places import sort_word
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import signed_in
from blueprints.web.language import language
from models.actions.places.place_on_plan import may_place, place_on_plan
from models.rules.changes.place_wishes import composites_with
from models.rules.house.floor_plan import LARGEST, Thing, free_spot, mark_of, remarks_on, sides, things_on, written
from models.rules.house.house import House, Rectangle, Zone
from models.rules.refusals import BadRequest, checked_value
from models.rules.values import METRES, InText, Scope

SIDES = ("x", "y", "width", "depth")
USUAL_SIZE = {"desk": (1.6, 0.9), "booth": (3.0, 3.0), "counter": (2.5, 2.0)}
ROOM_SIZE, ZONE_SIZE = (4.0, 4.0), (10.0, 8.0)
SMALLEST_SHEET = (20.0, 12.0)
MOST_THINGS, MOST_SPOTS = 5000, 60


class PlanForm(SeenForm):
    """`seen`: the mark_of() the floor when this page was made. What lies where comes in columns, see Typed."""

    seen = HiddenField(validators=[Length(max=64)])

    @property
    def mark(self) -> str:
        return (self.seen and self.seen.data) or ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A thing as it was sent: what the page showed of it, and what now stands in its four fields."""

    thing: Thing
    was: str
    texts: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not any(self.texts)

    def rectangle(self) -> Rectangle | None:
        """None where it is to leave the plan; BadRequest where only a part of it was typed, or no number."""
        if self.is_empty:
            return None
        if "" in self.texts:
            raise BadRequest(":".join(self.thing), "not_measured")
        metres = InText(METRES)
        return Rectangle(*(checked_value(":".join(self.thing), metres, text) for text in self.texts))

    def is_as_shown(self) -> bool:
        try:
            return written(self.rectangle()) == self.was
        except BadRequest:
            return False


@shown_at("plan", "edit_places", "/plan/<floor>")
class PlanPage(Page):
    template = "manage/plan.html"
    typed: Sequence[Typed] = ()
    wrong: BadRequest | None = None

    def look(self) -> None:
        super().look()
        self.floor = self.house.floors.get(self.code) or abort(404)

    def first_form(self) -> PlanForm:
        if request.method == "POST":
            self.typed = _typed_or_abort()
        return PlanForm()

    def seen(self) -> str:
        return mark_of(self.house, self.code)

    def save(self) -> Response:
        changed = {each.thing: each.rectangle() for each in self.typed if not each.is_as_shown()}
        moved = place_on_plan(self.code, changed, *self.by, seen=self.form.mark)
        return done(
            url_for("manage.plan", floor=self.code),
            ngettext("%(num)d thing now lies elsewhere.", "%(num)d things now lie elsewhere.", moved)
            if moved
            else _("Nothing was moved, so nothing was saved."),
        )

    def blame(self, wrong: BadRequest) -> None:
        self.wrong = wrong

    def news(self) -> list[str]:
        """What was moved here stays as typed, all else is as it is now."""
        self.typed = [each for each in self.typed if not each.is_as_shown()]
        return []

    def facts(self) -> Mapping[str, object]:
        house, floor, wrong = self.house, self.code, self.wrong
        typed, spots = {each.thing: each for each in self.typed}, _spots(house, floor)
        rows = [
            _row(number, thing, house, typed.get(thing), spots.get(thing))
            for number, thing in enumerate(things_on(house, floor))
        ]
        return {
            "floor": floor,
            "rows": rows,
            "others": _floors(house, floor),
            "sheet": _sheet(rows),
            "name": self.floor.names.in_language(language()),
            "remarks": _remarks(house, floor),
            "wrong": fault_sentence(wrong) if wrong else "",
            "wrong_thing": wrong.field if wrong else "",
            "most": int(LARGEST),
            "missing": [row for row in rows if not row["drawn"]],
        }


def _typed_or_abort() -> list[Typed]:
    """The columns of the form, row by row; 400 where they are not of one length."""
    things, was = request.form.getlist("thing"), request.form.getlist("was")
    columns = [request.form.getlist(side) for side in SIDES]
    if len(things) > MOST_THINGS or {len(things)} != {len(column) for column in (was, *columns)}:
        abort(400)
    rows = zip(things, was, zip(*columns, strict=True), strict=True)
    return [Typed(Scope.read(thing), was, tuple(text.strip() for text in texts)) for thing, was, texts in rows]


def _floors(house: House, shown: str) -> list[dict]:
    return [
        {
            "label": floor.names.in_language(language()),
            "url": url_for("manage.plan", floor=code),
            "current": code == shown,
        }
        for code, floor in house.floors.items()
    ]


def _row(number: int, thing: Thing, house: House, typed: Typed | None, spot: Rectangle | None) -> dict:
    """One zone or space: what it is called, what stands in its fields, and where it would fit if it lies nowhere."""
    scope, code = thing
    space = None if scope == "zone" else house.spaces[code]
    place = space or house.zones[code]
    drawn, texts = place.rectangle, typed.texts if typed else written(place.rectangle).split()
    shown = _readable(typed) if typed else drawn
    return {
        "number": number,
        "thing": ":".join(thing),
        "scope": scope,
        "code": code,
        "floor": place.floor,
        "name": place.names.in_language(language()),
        "sort": sort_word(space.sort) if space else _("Zone"),
        "zone": space.zone if space else code,
        "was": written(drawn),
        "drawn": shown,
        "fields": dict(zip(SIDES, texts, strict=True)) if texts else dict.fromkeys(SIDES, ""),
        "may_move": may_place(thing, signed_in(), house),
        "spot": written(spot),
        "parts": " ".join(_family(code, house)) if space else "",
    }


def _readable(typed: Typed) -> Rectangle | None:
    """What was typed, as far as it can be drawn."""
    try:
        rectangle = typed.rectangle()
    except BadRequest:
        return None
    return rectangle if rectangle and all(side <= LARGEST for side in sides(rectangle)) else None


def _spots(house: House, floor: str) -> dict[Thing, Rectangle]:
    """Where what is not yet drawn would fit: beside what is there, and beside one another."""
    things = things_on(house, floor)
    taken = [thing.rectangle for (scope, _code), thing in things.items() if scope == "space" and thing.rectangle]
    right = max((thing.rectangle.x + thing.rectangle.width for thing in things.values() if thing.rectangle), default=-1)
    spots: dict[Thing, Rectangle] = {}
    for (scope, code), thing in things.items():
        if thing.rectangle:
            continue
        if isinstance(thing, Zone):
            spots[scope, code] = Rectangle(min(right + 1, LARGEST - ZONE_SIZE[0]), 0.0, *ZONE_SIZE)
            continue
        size = USUAL_SIZE.get(thing.sort, ROOM_SIZE)
        if len(spots) < MOST_SPOTS:
            spots[scope, code] = Rectangle(*free_spot(house.zones[thing.zone].rectangle, taken, *size), *size)
            taken.append(spots[scope, code])
        else:
            spots[scope, code] = Rectangle(0.0, 0.0, *size)
    return spots


def _family(code: str, house: House) -> list[str]:
    """What a space may lie over: its parts, and what it is a part of."""
    return [
        *(part for part in house.spaces[code].parts if part != code),
        *(above.code for above in composites_with(house, code)),
    ]


def _sheet(rows: Sequence[Mapping]) -> tuple[float, float]:
    """How much floor is drawn: all that lies on it, and some room to move."""
    drawn = [row["drawn"] for row in rows if row["drawn"]]
    return (
        min(LARGEST, max([SMALLEST_SHEET[0], *(each.x + each.width + 4 for each in drawn)])),
        min(LARGEST, max([SMALLEST_SHEET[1], *(each.y + each.depth + 3 for each in drawn)])),
    )


def _remarks(house: House, floor: str) -> list[str]:
    return [
        _("%(space)s lies over %(other)s.", space=remark.thing, other=remark.other)
        if remark.code == "overlaps"
        else _("%(space)s lies outside its zone %(zone)s.", space=remark.thing, zone=remark.other)
        for remark in remarks_on(house, floor)
    ]

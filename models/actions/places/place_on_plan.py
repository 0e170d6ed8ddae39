"""Where zones and spaces lie on their floor: as many as were moved, all at once or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from models.actions.record import record
from models.queries.house import the_house
from models.queries.places import floor_row, plan_rows
from models.rules.house.floor_plan import Placing, Thing, check_rectangle, grained, mark_of, sides, things_on
from models.rules.house.house import House, Rectangle
from models.rules.people.person import Person
from models.rules.people.rights import holds, may_edit_space
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused, refusal
from models.tables.db import db
from models.tables.space import PlanRectangle
from models.tables.transaction import writes


@writes
def place_on_plan(floor: str, placing: Placing, person: Person, now: datetime, *, seen: str) -> int:
    """How many things now lie elsewhere. A thing without a rectangle leaves the plan; those not named stay.

    Metres from the floor's top-left corner, rounded to 5 cm. `seen`: the mark_of() the floor as its editor saw it; when
    anything on it was placed, added or taken away since, Refused says changed_meanwhile.
    """
    house = the_house()
    if floor not in house.floors:
        raise NotFound
    _check(floor, placing, person, house)
    if seen != mark_of(house, floor):
        raise Refused([refusal("changed_meanwhile")])
    moved = _moved(placing, {thing: here.rectangle for thing, here in things_on(house, floor).items()})
    if moved:
        _write(moved, floor_row(floor).id)
        record(
            "place_on_plan",
            "floor",
            floor,
            person,
            now,
            moved={":".join(thing): list(sides(wished)) if wished else None for thing, wished in moved.items()},
        )
    return len(moved)


def may_place(thing: Thing, person: Person, house: House) -> bool:
    scope, code = thing
    return holds(person, "edit_zones") if scope == "zone" else may_edit_space(person, house.spaces[code].owner)


def _check(floor: str, placing: Placing, person: Person, house: House) -> None:
    things = things_on(house, floor)
    if not holds(person, "edit_places"):
        raise NotAllowed("edit_places")
    for thing, rectangle in placing.items():
        if thing not in things:
            raise BadRequest(":".join(thing), "not_on_this_floor")
        if not may_place(thing, person, house):
            raise NotAllowed("edit_places")
        if rectangle is not None:
            check_rectangle(rectangle, ":".join(thing))


def _moved(placing: Placing, drawn: Placing) -> dict[Thing, Rectangle | None]:
    """What comes to lie elsewhere. A thing that was drawn between the steps stays there until it is moved."""
    moved = {}
    for thing, wished in placing.items():
        rounded = wished and Rectangle(*map(grained, sides(wished)))
        if drawn[thing] not in (wished, rounded):
            moved[thing] = rounded
    return moved


def _write(moved: Mapping[Thing, Rectangle | None], floor_id: int) -> None:
    for scope in {scope for scope, _code in moved}:
        wished = {code: rectangle for (of, code), rectangle in moved.items() if of == scope}
        gone = [code for code, rectangle in wished.items() if rectangle is None]
        if gone:
            db.session.execute(
                delete(PlanRectangle).where(PlanRectangle.scope_type == scope, PlanRectangle.scope_code.in_(gone))
            )
        rows = plan_rows(scope, wished)
        for code, rectangle in wished.items():
            if rectangle is not None:
                _draw(rows.get(code), scope, code, floor_id, rectangle)
    db.session.flush()


def _draw(row: PlanRectangle | None, scope: str, code: str, floor_id: int, rectangle: Rectangle) -> None:
    if row is None:
        row = PlanRectangle(scope_type=scope, scope_code=code)
        db.session.add(row)
    row.floor_id = floor_id
    row.x_m, row.y_m, row.width_m, row.depth_m = sides(rectangle)

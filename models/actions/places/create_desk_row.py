"""A row of desks at once: coded by their zone, alike in everything, and laid out on the plan."""

from __future__ import annotations

from datetime import datetime

from models.actions.places.create_space import add_spaces, check_may_place, check_model, rules_of, usual_rules
from models.actions.record import record
from models.queries.house import the_house
from models.queries.places import space_row, zone_row
from models.rules.changes.place_wishes import DeskRow, SpaceWish, checked_space
from models.rules.codes import Codes
from models.rules.house.floor_plan import Grid, check_rectangle
from models.rules.house.house import House
from models.rules.house.place_codes import desk_codes, new_code
from models.rules.house.usual import USUAL
from models.rules.people.person import Person
from models.rules.refusals import BadRequest, checked_value
from models.rules.times.interval import civil_date
from models.rules.values import Decimal, Text, Whole
from models.tables.db import db
from models.tables.space import PlanRectangle
from models.tables.transaction import retried, write_transaction

DESK = "desk"
DESKS, DESK_NUMBER, GAP = Whole(1, 100), Whole(1, 9999), Decimal(0, 20)
NAME_STEM = Text(190)  # the desks' names have a number behind it


def create_desk_row(wish: DeskRow, person: Person, now: datetime) -> tuple[str, ...]:
    """The codes of the new desks, in their order on the plan: all of them, or none."""
    return retried(lambda: _create(wish, person, now))


def _create(wish: DeskRow, person: Person, now: datetime) -> tuple[str, ...]:
    with write_transaction():
        house = the_house()
        check_may_place(person, wish.owner, wish.zone, house)
        _check(wish, house)
        if wish.like is not None:
            check_model(wish.like, DESK, person, house)
        taken = Codes(house.spaces)
        codes = desk_codes(wish.zone, wish.count, wish.first, taken)
        bookable_by = [row.code for row in space_row(wish.like).bookable_by] if wish.like else []
        desks = [
            checked_space(_desk(wish, new_code("zone", code, taken), house, frozenset(bookable_by)), house)
            for code in codes
        ]
        rules = rules_of(house.spaces[wish.like].id, civil_date(now, house.zone)) if wish.like else usual_rules(DESK)
        add_spaces(desks, rules, house, person, now)
        if wish.grid is not None:
            _lay_out(codes, wish.zone, wish.grid)
        for code in codes:
            record("create_space", "space", code, person, now, zone=wish.zone, sort=DESK, like=wish.like)
    return tuple(codes)


def _check(wish: DeskRow, house: House) -> None:
    if wish.zone not in house.zones:
        raise BadRequest("zone", "unknown_code")
    checked_value("count", DESKS, wish.count)
    checked_value("first", DESK_NUMBER, wish.first, may_be_empty=True)
    for language, stem in wish.names.items():
        checked_value(f"name_{language}", NAME_STEM, stem or "")
    if wish.grid is not None:
        checked_value("per_row", DESKS, wish.grid.per_row)
        checked_value("gap", GAP, wish.grid.gap)
        check_rectangle(wish.grid.first, "x")
        for rectangle in wish.grid.rectangles(wish.count):
            check_rectangle(rectangle, "x")


def _desk(wish: DeskRow, code: str, house: House, bookable_by: frozenset[str]) -> SpaceWish:
    """One desk of the row, with what the desk it is like has and may."""
    number = code.rpartition("-")[2]
    names = {language: f"{stem.strip()} {number}" for language, stem in wish.names.items() if stem and stem.strip()}
    like = house.spaces[wish.like] if wish.like else None
    return SpaceWish(
        names,
        DESK,
        wish.zone,
        code,
        owner=wish.owner,
        bookable_by=bookable_by,
        exclusive=USUAL[DESK].exclusive,
        equipment=frozenset(like.equipment) if like else frozenset(),
        hearing_loop=bool(like and like.hearing_loop),
    )


def _lay_out(codes: list[str], zone: str, grid: Grid) -> None:
    floor_id = zone_row(zone).floor_id
    db.session.add_all(
        PlanRectangle(
            scope_type="space",
            scope_code=code,
            floor_id=floor_id,
            x_m=place.x,
            y_m=place.y,
            width_m=place.width,
            depth_m=place.depth,
        )
        for code, place in zip(codes, grid.rectangles(len(codes)), strict=True)
    )

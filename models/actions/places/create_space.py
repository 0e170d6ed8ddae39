"""A new space with the rules it starts with: those of its kind, or those of the space it is a copy of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import insert

from models.actions.places.policy_rows import COPIED
from models.actions.record import record
from models.queries.house import the_house
from models.queries.places import organisation_rows, zone_row
from models.queries.policies import policy_rows
from models.rules.changes.place_wishes import SpaceWish, checked_space
from models.rules.codes import Codes
from models.rules.house.house import House
from models.rules.house.names import name_columns
from models.rules.house.place_codes import code_for, new_code
from models.rules.house.policy import TRAITS
from models.rules.house.usual import USUAL, kind_of
from models.rules.people.person import Person
from models.rules.people.rights import MANAGERS, may_edit_space
from models.rules.refusals import BadRequest, NotAllowed, checked_value
from models.rules.times.interval import civil_date
from models.rules.values import PEOPLE
from models.tables.db import db
from models.tables.space import Equipment, LayoutCapacity, Space, SpacePart, SpacePolicyRow
from models.tables.transaction import retried, write_transaction


@dataclass(frozen=True, slots=True)
class FirstRules:
    """What a space's first policy says: columns of SpacePolicyRow, and places by layout."""

    columns: dict[str, object]
    capacities: dict[str, int]


def create_space(
    wish: SpaceWish, person: Person, now: datetime, *, places: int | None = None, like: str | None = None
) -> str:
    """Its code. `places`: in its usual layout, else as many as is usual for its kind; `like`: the space whose rules and
    places it gets instead. It can be booked at once."""
    return retried(lambda: _create(wish, person, now, places, like))


def _create(wish: SpaceWish, person: Person, now: datetime, places: int | None, like: str | None) -> str:
    with write_transaction():
        house = the_house()
        check_may_place(person, wish.owner, wish.zone, house)
        wish, taken = checked_space(wish, house), Codes(house.spaces)
        wish = replace(wish, code=new_code("code", wish.code or code_for(wish.sort, wish.zone, house, taken), taken))
        if like is not None:
            check_model(like, wish.sort, person, house)
        today = civil_date(now, house.zone)
        rules = rules_of(house.spaces[like].id, today) if like else _usual_rules(wish.sort, places)
        add_spaces([wish], rules, house, person, now)
        record("create_space", "space", wish.code, person, now, zone=wish.zone, sort=wish.sort, like=like)
    return wish.code


def check_may_place(person: Person, owner: str | None, zone: str, house: House) -> None:
    """A partner's administrator makes spaces of its own organisation, in zones of its own organisation."""
    if not may_edit_space(person, owner):
        raise NotAllowed("edit_places")
    if zone in house.zones and not person.roles & MANAGERS and house.zones[zone].owner != person.organisation:
        raise BadRequest("zone", "zone_of_others")


def check_model(like: str, sort: str, person: Person, house: House) -> None:
    """What is copied is of the same sort, and somebody's own: its rules are not for everyone to read."""
    if like not in house.spaces or not may_edit_space(person, house.spaces[like].owner):
        raise BadRequest("like", "unknown_code")
    if house.spaces[like].sort != sort:
        raise BadRequest("like", "another_sort")


def rules_of(space_id: int, day: date) -> FirstRules:
    """The rules that hold for a space on a date, for another one to start with."""
    rows = policy_rows(space_id)
    current = ([row for row in rows if row.valid_from <= day] or rows[:1])[-1]
    return FirstRules(
        {name: getattr(current, name) for name in COPIED if name != "space_id"},
        {each.layout: each.places for each in current.capacities},
    )


def usual_rules(sort: str, places: int | None = None) -> FirstRules:
    usual = USUAL[sort]
    return FirstRules(
        {
            "default_layout": usual.layout,
            "slot_minutes": usual.slot_minutes,
            "min_minutes": usual.shortest,
            "max_minutes": usual.longest,
            "advance_days": usual.advance_days,
            "privacy_default": usual.privacy_default,
        },
        {usual.layout: usual.places if places is None else places},
    )


def _usual_rules(sort: str, places: int | None) -> FirstRules:
    checked_value("places", PEOPLE, places, may_be_empty=True)
    if places is not None and TRAITS[sort].one_at_a_time and places != 1:
        raise BadRequest("places", "one_place_a_desk")
    return usual_rules(sort, places)


def add_spaces(wishes: Iterable[SpaceWish], rules: FirstRules, house: House, person: Person, now: datetime) -> None:
    """Their rows, each with a first policy of its own. Checked before; some ten statements, whatever their number."""
    wishes, today = list(wishes), civil_date(now, house.zone)
    zones = {code: zone_row(code) for code in {wish.zone for wish in wishes}}
    organisations = {
        row.code: row
        for row in organisation_rows(code for wish in wishes for code in (*wish.bookable_by, wish.owner) if code)
    }
    spaces = [
        Space(
            code=wish.code,
            kind=kind_of(wish.sort),
            sort=wish.sort,
            floor_id=zones[wish.zone].floor_id,
            zone_id=zones[wish.zone].id,
            owner_organisation_id=organisations[wish.owner].id if wish.owner else None,
            exclusive=wish.exclusive,
            hearing_loop=wish.hearing_loop,
            public_bookable=wish.public_bookable,
            notes=wish.notes,
            bookable_by=[organisations[code] for code in sorted(wish.bookable_by)],
            **name_columns(wish.names),
        )
        for wish in wishes
    ]
    db.session.add_all(spaces)
    db.session.flush()
    db.session.add_all(
        SpacePolicyRow(
            **rules.columns,
            space_id=space.id,
            valid_from=today,
            set_by_id=person.id,
            set_at=now,
            capacities=[LayoutCapacity(layout=layout, places=number) for layout, number in rules.capacities.items()],
        )
        for space in spaces
    )
    made = list(zip(spaces, wishes, strict=True))
    insert_rows(
        Equipment, [{"space_id": space.id, "item": item} for space, wish in made for item in sorted(wish.equipment)]
    )
    insert_rows(
        SpacePart,
        [
            {"composite_id": space.id, "part_id": house.spaces[part].id}
            for space, wish in made
            for part in sorted(wish.parts)
        ],
    )
    db.session.flush()


def insert_rows(table: type, rows: list[dict[str, object]]) -> None:
    if rows:
        db.session.execute(insert(table), rows)

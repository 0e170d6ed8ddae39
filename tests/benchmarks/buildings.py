"""A municipality of five buildings: one with four hundred rooms, taken for the most part, and three with a hundred."""

from __future__ import annotations

import random
from datetime import date, timedelta

from sqlalchemy import insert, select, update

from models.queries.house import the_house
from models.tables import municipality as places
from models.tables.db import db
from models.tables.hours import OpeningHours
from models.tables.transaction import write_transaction
from tests.benchmarks.big_house import FULL_DAY, book_rows, more_spaces
from tests.cast import NOW

WIDE_DAY = FULL_DAY + timedelta(days=1)
LIKE, ROOMS_A_FLOOR, TAKEN = "VZ-104", 50, 0.9


def building_of_rooms(code: str, rooms: int) -> None:
    """Opened as the first one is, under the same rules, every floor and zone with a limit on heads that counts and does
    not bind."""
    with write_transaction():
        first = db.session.scalars(select(places.Building.code).order_by(places.Building.id)).first()
        db.session.execute(
            update(places.OccupancyRule).where(places.OccupancyRule.applies_to == first).values(applies_to="")
        )
        building_id = _inserted(places.Building, code=code, name_nl=f"Gebouw {code}")
        hours = db.session.execute(
            select(OpeningHours.__table__).where(
                OpeningHours.scope_type == "building", OpeningHours.scope_code == first
            )
        ).mappings()
        db.session.execute(
            insert(OpeningHours.__table__),
            [{name: value for name, value in row.items() if name != "id"} | {"scope_code": code} for row in hours],
        )
        _limit("building", code, 40 * rooms)
        for level in range(-(-rooms // ROOMS_A_FLOOR)):
            floor = f"{code}-{level}"
            floor_id = _inserted(
                places.Floor, code=floor, name_nl=f"Verdieping {level}", building_id=building_id, level=level
            )
            zone_id = _inserted(
                places.Zone, code=f"{floor}-Z", name_nl=f"Zone {level}", floor_id=floor_id, access="staff"
            )
            _limit("floor", floor, 10 * ROOMS_A_FLOOR)
            _limit("zone", f"{floor}-Z", 10 * ROOMS_A_FLOOR)
            here = range(level * ROOMS_A_FLOOR, min(rooms, (level + 1) * ROOMS_A_FLOOR))
            more_spaces(LIKE, [f"{code}-{number:04}" for number in here], floor_id, zone_id)


def full_afternoon(code: str, chance: random.Random) -> None:
    """On that day nine in ten of its rooms are taken over noon, and all of them in the afternoon."""
    spaces = [space for space in the_house().spaces.values() if space.building == code]
    taken = [space for space in spaces if chance.random() < TAKEN or space.code.endswith("-0000")]
    book_rows([(space, WIDE_DAY, start, 90) for space in taken for start in (9 * 60, 11 * 60 + 30, 14 * 60)])
    book_rows([(space, WIDE_DAY, 16 * 60, 60) for space in spaces])


def _inserted(table, **values) -> int:
    return db.session.execute(insert(table.__table__).values(values)).inserted_primary_key[0]


def _limit(sort: str, code: str, most: int) -> None:
    _inserted(
        places.HeadCountLimit,
        scope_type=sort,
        scope_code=code,
        max_persons=most,
        valid_from=date(2020, 1, 1),
        set_at=NOW,
    )


def five_buildings(rooms: tuple[int, ...] = (400, 100, 100, 100)) -> None:
    """Beside the one that is there."""
    chance = random.Random(5)
    for nth, number in enumerate(rooms, 1):
        building_of_rooms(f"G{nth}", number)
        full_afternoon(f"G{nth}", chance)

"""Who comes to a building is counted by the database itself, whoever writes and whatever moves."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from models.tables.db import db
from models.tables.municipality import Building, Floor, Zone
from models.tables.transaction import write_transaction
from tests.models.tables.by_hand import BOTH, ROOM, SQUARE, book, put_up_a_small_building, run

ONE, OTHER = 1, 2


@pytest.fixture(autouse=True)
def building(app_context) -> None:
    put_up_a_small_building()
    with write_transaction():
        db.session.add(Building(id=OTHER, code="B2", name_nl="Tweede"))
        db.session.flush()
        db.session.add(Floor(id=2, code="F2", name_nl="F2", building_id=OTHER))
        db.session.flush()
        db.session.add(Zone(id=2, code="Z2", name_nl="Z2", floor_id=2))


def crowd() -> set[tuple]:
    """Building, floor, zone, and how many people of which booking."""
    found = db.session.execute(text("SELECT building_id, floor_id, zone_id, booking_id, persons, in_refuge FROM crowd"))
    return {tuple(row) for row in found}


def test_a_booking_is_in_the_crowd_once_for_as_long_as_it_holds_its_place():
    hall, square = book(BOTH, "09:00", "10:00"), book(SQUARE, "09:00", "10:00", status="pending")
    book(ROOM, "09:00", "10:00", status="cancelled")
    assert crowd() == {(ONE, 1, 1, hall, 1, 0), (ONE, 1, 1, square, 1, 0)}
    run("UPDATE booking SET status = 'released' WHERE id = :id", id=hall)
    run("UPDATE booking SET persons = 7, wheelchair = 2 WHERE id = :id", id=square)
    assert crowd() == {(ONE, 1, 1, square, 7, 2)}
    run("UPDATE booking SET evacuation_buddy_id = 1 WHERE id = :id", id=square)
    assert crowd() == {(ONE, 1, 1, square, 7, 0)}
    run("DELETE FROM booking WHERE id = :id", id=square)
    assert crowd() == set()


def test_it_goes_along_when_its_booking_its_space_or_its_floor_moves():
    number = book(ROOM, "09:00", "10:00")
    run("UPDATE space SET floor_id = 2, zone_id = 2 WHERE id = :id", id=SQUARE)
    run("UPDATE booking SET space_id = :square WHERE id = :id", id=number, square=SQUARE)
    assert crowd() == {(OTHER, 2, 2, number, 1, 0)}
    run("UPDATE space SET floor_id = 1, zone_id = 1 WHERE id = :id", id=SQUARE)
    assert crowd() == {(ONE, 1, 1, number, 1, 0)}
    run("UPDATE floor SET building_id = 2 WHERE id = 1")
    assert crowd() == {(OTHER, 1, 1, number, 1, 0)}

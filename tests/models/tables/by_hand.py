"""A small building, and bookings put straight into its tables, as a stranger's SQL would."""

from __future__ import annotations

import itertools

from sqlalchemy import text

from models.tables.db import db
from models.tables.municipality import Building, Floor, Municipality, Organisation, Zone
from models.tables.person import PersonRow
from models.tables.space import Space, SpacePart
from models.tables.transaction import write_transaction

ROOM, LEFT, RIGHT, BOTH, SQUARE = range(1, 6)
numbers = itertools.count(1)


def put_up_a_small_building() -> None:
    """A room, a hall of two halves, and a square that many share."""
    with write_transaction():
        db.session.add_all(
            [
                Municipality(id=1, code="T", name_nl="Testdorp"),
                Building(id=1, code="AC", name_nl="Centrum"),
                Organisation(id=1, code="GEM", name_nl="Gemeente"),
            ]
        )
        db.session.flush()
        db.session.add(Floor(id=1, code="F0", name_nl="Gelijkvloers", building_id=1))
        db.session.flush()
        db.session.add(Zone(id=1, code="F0-A", name_nl="Hal", floor_id=1))
        db.session.add(PersonRow(id=1, username="an", display_name="An", organisation_id=1))
        db.session.flush()
        for number, exclusive in ((ROOM, True), (LEFT, True), (RIGHT, True), (BOTH, True), (SQUARE, False)):
            db.session.add(
                Space(
                    id=number,
                    code=f"S-{number}",
                    name_nl=f"Ruimte {number}",
                    kind="meeting_room",
                    sort="meeting_room",
                    floor_id=1,
                    zone_id=1,
                    exclusive=exclusive,
                )
            )
        db.session.flush()
        db.session.add_all([SpacePart(composite_id=BOTH, part_id=LEFT), SpacePart(composite_id=BOTH, part_id=RIGHT)])


INSERT = """
    INSERT INTO booking (id, uid, space_id, starts_at, ends_at, status, exclusive, persons, layout, privacy,
                         organisation_id, organiser_id, booked_by_id, created_at, updated_at)
    VALUES (:id, :uid, :space, :starts_at, :ends_at, :status, :exclusive, 1, 'boardroom', 'busy', 1, 1, 1,
            :starts_at, :starts_at)
"""


def run(statement: str, **values: object) -> None:
    with write_transaction():
        db.session.execute(text(statement), values)


def book(
    space: int, start: str, end: str, *, day: str = "2027-03-03", status: str = "confirmed", exclusive: bool = False
) -> int:
    """Put a booking straight into the table and return its number."""
    number = next(numbers)
    # A zone for PostgreSQL, in which SQLite's text would be no different.
    zone = "+00" if db.engine.dialect.name == "postgresql" else ""
    run(
        INSERT,
        id=number,
        uid=f"{number}@test",
        space=space,
        starts_at=f"{day} {start}{zone}",
        ends_at=f"{day} {end}{zone}",
        status=status,
        exclusive=exclusive,
    )
    return number


def held() -> int:
    return db.session.execute(text("SELECT count(*) FROM occupation")).scalar_one()

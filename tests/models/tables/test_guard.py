"""The database's own promise, tried with raw SQL as a stranger would write it."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.rules.bookings.attendance import HOLDS_PLACE
from models.tables.db import db
from models.tables.guard import BOOKING_TABLES, HOUSE_TABLES
from models.tables.municipality import Building, Floor, Municipality, Organisation, Zone
from models.tables.person import PersonRow
from models.tables.space import Space, SpacePart
from models.tables.transaction import write_transaction

ROOM, LEFT, RIGHT, BOTH, SQUARE = range(1, 6)
numbers = itertools.count(1)

pytestmark = pytest.mark.usefixtures("app_context", "building")


@pytest.fixture
def building() -> None:
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


def revision() -> int:
    return db.session.execute(text("SELECT revision FROM municipality")).scalar_one()


@pytest.mark.parametrize(
    ("start", "end", "clashes"),
    [
        ("09:00:00", "10:00:00", False),  # ends as the other begins
        ("11:00:00", "12:00:00", False),  # begins as the other ends
        ("09:59:59", "10:00:01", True),  # two seconds shared
        ("10:15:00", "10:45:00", True),  # inside the other
        ("09:00:00", "12:00:00", True),  # around the other
        ("10:00:00.000000", "11:00:00", True),  # the same hour, written otherwise
    ],
)
def test_no_two_bookings_hold_one_room_at_one_instant(start, end, clashes):
    book(ROOM, "10:00:00", "11:00:00")
    if clashes:
        with pytest.raises(DBAPIError, match="space_taken"):
            book(ROOM, start, end)
    else:
        book(ROOM, start, end)
    assert held() == (1 if clashes else 2)


@pytest.mark.parametrize(
    ("start", "end"), [("10:30", "11:30"), ("T10:30:00", "T11:30:00"), ("11:30+01:00", "12:30+01:00")]
)
def test_sqlite_reads_an_instant_however_it_is_written(start, end):
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL has a type for instants
    book(ROOM, "10:00:00.000000", "11:00:00.000000")
    day = "2027-03-03" if start.startswith("T") else "2027-03-03 "
    with pytest.raises(DBAPIError, match="space_taken"):
        run(
            INSERT,
            id=next(numbers),
            uid="strange@test",
            space=ROOM,
            starts_at=f"{day}{start}",
            ends_at=f"{day}{end}",
            status="confirmed",
            exclusive=False,
        )


@pytest.mark.parametrize(
    "change",
    [
        "starts_at = (SELECT starts_at FROM booking WHERE id = :other), "
        "ends_at = (SELECT ends_at FROM booking WHERE id = :other)",
        "space_id = (SELECT space_id FROM booking WHERE id = :other), starts_at = "
        "(SELECT starts_at FROM booking WHERE id = :other), ends_at = (SELECT ends_at FROM booking WHERE id = :other)",
    ],
)
def test_a_booking_cannot_be_moved_onto_another(change):
    other, ours = book(ROOM, "10:00:00", "11:00:00"), book(ROOM, "12:00:00", "13:00:00")
    with pytest.raises(DBAPIError, match="space_taken"):
        run(f"UPDATE booking SET {change} WHERE id = :ours", ours=ours, other=other)


def test_a_booking_moved_to_a_free_hour_leaves_the_old_one_free():
    number = book(ROOM, "10:00:00", "11:00:00")
    run("DELETE FROM booking WHERE id = :elsewhere", elsewhere=book(RIGHT, "14:00:00", "15:00:00"))
    run("UPDATE booking SET space_id = :space WHERE id = :number", space=RIGHT, number=number)
    book(ROOM, "10:00:00", "11:00:00")
    assert held() == 2


@pytest.mark.parametrize(("first", "second"), [(BOTH, LEFT), (BOTH, RIGHT), (LEFT, BOTH), (RIGHT, BOTH), (BOTH, BOTH)])
def test_a_composite_and_its_parts_take_each_others_place(first, second):
    book(first, "10:00:00", "11:00:00")
    with pytest.raises(DBAPIError, match="space_taken"):
        book(second, "10:30:00", "11:30:00")


def test_the_parts_of_a_composite_do_not_hinder_each_other():
    book(LEFT, "10:00:00", "11:00:00")
    book(RIGHT, "10:00:00", "11:00:00")
    assert held() == 2


def test_shared_bookings_stand_side_by_side_in_a_shared_space():
    book(SQUARE, "10:00:00", "11:00:00")
    book(SQUARE, "10:00:00", "11:00:00")
    assert held() == 2


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True), (True, True)])
def test_exclusive_use_of_a_shared_space_stands_alone(first, second):
    book(SQUARE, "10:00:00", "11:00:00", exclusive=first)
    with pytest.raises(DBAPIError, match="space_taken"):
        book(SQUARE, "10:30:00", "11:30:00", exclusive=second)


def test_a_shared_booking_cannot_become_exclusive_beside_another():
    ours = book(SQUARE, "10:00:00", "11:00:00")
    book(SQUARE, "10:30:00", "11:30:00")
    with pytest.raises(DBAPIError, match="space_taken"):
        run("UPDATE booking SET exclusive = :yes WHERE id = :ours", yes=True, ours=ours)


@pytest.mark.parametrize("status", ["pending", "confirmed", "checked_in"])
def test_these_statuses_hold_a_place(status):
    assert status in HOLDS_PLACE
    book(ROOM, "10:00:00", "11:00:00", status=status)
    with pytest.raises(DBAPIError, match="space_taken"):
        book(ROOM, "10:00:00", "11:00:00")


@pytest.mark.parametrize("status", ["completed", "cancelled", "declined", "released"])
def test_these_statuses_free_the_place_and_do_not_get_it_back_unasked(status):
    number = book(ROOM, "10:00:00", "11:00:00")
    run("UPDATE booking SET status = :status WHERE id = :number", status=status, number=number)
    assert held() == 0
    book(ROOM, "10:00:00", "11:00:00")
    with pytest.raises(DBAPIError, match="space_taken"):
        run("UPDATE booking SET status = 'confirmed' WHERE id = :number", number=number)


def test_a_deleted_booking_leaves_nothing_behind():
    run("DELETE FROM booking WHERE id = :number", number=book(BOTH, "10:00:00", "11:00:00"))
    assert held() == 0


def last_until(number: int, end: str) -> None:
    zone = "+00" if db.engine.dialect.name == "postgresql" else ""
    run("UPDATE booking SET ends_at = :end WHERE id = :number", end=f"{end}{zone}", number=number)


@pytest.mark.parametrize(
    ("end", "is_kept"),
    [
        ("2027-11-01 01:00:00", True),  # 25 hours: a whole day, on the date on which the clocks go back
        ("2027-11-01 01:00:01", False),
        ("2027-11-01 10:00:00", False),
    ],
)
def test_nothing_is_booked_for_longer_than_the_longest_day(end, is_kept):
    number = book(ROOM, "00:00:00", "11:00:00", day="2027-10-31")
    if is_kept:
        last_until(number, end)
    else:
        with pytest.raises(DBAPIError, match="day"):
            last_until(number, end)


def test_what_began_almost_25_hours_ago_still_holds_its_room():
    last_until(book(ROOM, "00:00:00", "11:00:00", day="2027-10-31"), "2027-11-01 01:00:00")
    with pytest.raises(DBAPIError, match="space_taken"):
        book(ROOM, "00:59:59", "02:00:00", day="2027-11-01")
    book(ROOM, "01:00:00", "02:00:00", day="2027-11-01")


CHANGES_OF_THE_HOUSE = {
    "building": "UPDATE building SET address = 'Markt 1'",
    "organisation": "UPDATE organisation SET is_host = is_host",
    "floor": "UPDATE floor SET lift = lift",
    "zone": "UPDATE zone SET silent = silent",
    "space": "UPDATE space SET notes = 'nieuw'",
    "space_part": "DELETE FROM space_part",
    "equipment": "INSERT INTO equipment (space_id, item) VALUES (1, 'screen')",
    "space_bookable_by": "INSERT INTO space_bookable_by (space_id, organisation_id) VALUES (1, 1)",
    "zone_bookable_by": "INSERT INTO zone_bookable_by (zone_id, organisation_id) VALUES (1, 1)",
    "municipality": "UPDATE municipality SET name_nl = 'Proefdorp'",
}


@pytest.mark.parametrize("statement", CHANGES_OF_THE_HOUSE.values(), ids=CHANGES_OF_THE_HOUSE)
def test_the_revision_grows_with_every_change_of_the_house(statement):
    before = revision()
    run(statement)
    assert revision() > before


def test_the_revision_stays_when_people_book():
    before = revision()
    run("UPDATE booking SET status = 'cancelled' WHERE id = :number", number=book(ROOM, "10:00:00", "11:00:00"))
    assert revision() == before


def test_every_table_whose_changes_count_is_a_table():
    assert {*HOUSE_TABLES, *BOOKING_TABLES} <= set(db.metadata.tables)

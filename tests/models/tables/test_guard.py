"""The database's own promise, tried with raw SQL as a stranger would write it."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from models.rules.bookings.attendance import HOLDS_PLACE
from models.tables.db import db
from tests.models.tables.by_hand import BOTH, INSERT, LEFT, RIGHT, ROOM, SQUARE, book, held, numbers, run

pytestmark = pytest.mark.usefixtures("app_context", "small_building")


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

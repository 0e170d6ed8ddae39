"""A page asks the database as often for two hundred bookings as for five."""

from __future__ import annotations

import pytest

from tests.cast import ANN, BRAM, GERDA, KAAT

DAY = "2027-03-04"


@pytest.fixture
def many(demo_app, booked):
    """Add this many short bookings, over several rooms."""
    rooms = ("VZ-103", "VZ-104", "VZ-105", "VZ-106", "VZ-203", "VZ-204")
    made = iter(range(10_000))

    def add(number: int) -> None:
        for _ in range(number):
            step = next(made)
            room, slot = rooms[step % 6], step // 6
            start = 7 * 60 + slot * 20 // 15 * 15
            booked((ANN, BRAM)[step % 2], room, f"{DAY}T{start // 60:02}:{start % 60:02}",
                   f"{(start + 15) // 60:02}:{(start + 15) % 60:02}", attendees=1)
    return add


@pytest.mark.parametrize("address", [
    f"/rooms?date={DAY}", f"/rooms?date={DAY}&view=list", f"/rooms?date={DAY}&view=list&start=10:00&end=11:00",
    f"/rooms?date={DAY}&view=week", f"/desks?date={DAY}", f"/booths?date={DAY}", "/rooms/VZ-104", "/", "/mine"])
def test_the_number_of_questions_does_not_grow(address, signed_in, many, counted_queries):
    ann = signed_in(ANN)
    many(5)
    ann.open(address)
    with counted_queries() as few:
        ann.open(address)
    many(60)
    with counted_queries() as lots:
        assert ann.open(address).status == 200
    assert lots.number == few.number <= 12


def test_nor_does_it_for_requests_that_wait(signed_in, booked, counted_queries):
    gerda = signed_in(GERDA)
    booked(KAAT, "VZ-001", f"{DAY}T09:00", "10:00", attendees=10)
    gerda.open("/approvals")
    with counted_queries() as few:
        gerda.open("/approvals")
    for hour in (11, 13, 15):
        booked(KAAT, "VZ-001", f"{DAY}T{hour}:00", f"{hour + 1}:00", attendees=10)
    with counted_queries() as lots:
        gerda.open("/approvals")
    assert lots.number == few.number



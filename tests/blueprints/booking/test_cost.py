"""A page asks the database as often for two hundred bookings as for five."""

from __future__ import annotations

import pytest

from tests.cast import ANN, BRAM, GERDA, KAAT

DAY = "2027-03-04"
ROOMS = ("VZ-101", "VZ-102", "VZ-103", "VZ-104", "VZ-105", "VZ-106", "VZ-202", "VZ-203", "VZ-204")
PAGES = (
    f"/rooms?date={DAY}",
    f"/rooms?date={DAY}&view=list",
    f"/rooms?date={DAY}&view=list&start=10:00&end=11:00",
    f"/rooms?date={DAY}&view=week",
    f"/rooms?date={DAY}&view=month",
    f"/rooms?date={DAY}&view=plan",
    f"/desks?date={DAY}",
    f"/booths?date={DAY}",
    "/rooms/VZ-104",
    "/rooms/VZ-104/book",
    "/",
    "/mine",
)
MOST = 12


@pytest.fixture
def many(booked):
    """Add this many quarters of an hour, over nine rooms."""
    made = iter(range(10_000))

    def add(number: int) -> None:
        for _ in range(number):
            step = next(made)
            start = 7 * 60 + step // len(ROOMS) * 30
            booked(
                (ANN, BRAM)[step % 2],
                ROOMS[step % len(ROOMS)],
                f"{DAY}T{start // 60:02}:{start % 60:02}",
                f"{start // 60:02}:{start % 60 + 15:02}",
                attendees=1,
            )

    return add


@pytest.fixture
def questions(counted_queries):
    """How often a page asks the database once the house is in memory."""

    def count(reader, address: str) -> int:
        reader.open(address)
        with counted_queries() as counted:
            assert reader.open(address).status == 200
        return counted.number

    return count


def test_the_number_of_questions_does_not_grow(signed_in, many, questions):
    ann = signed_in(ANN)
    many(5)
    few = {address: questions(ann, address) for address in PAGES}
    many(195)
    assert {address: questions(ann, address) for address in PAGES} == few
    assert max(few.values()) <= MOST, few


def test_nor_does_it_for_requests_that_wait(signed_in, booked, questions):
    gerda = signed_in(GERDA)
    booked(KAAT, "VZ-001", f"{DAY}T09:00", "10:00", attendees=10)
    few = questions(gerda, "/approvals")
    for hour in (11, 13, 15):
        booked(KAAT, "VZ-001", f"{DAY}T{hour}:00", f"{hour + 1}:00", attendees=10)
    assert questions(gerda, "/approvals") == few

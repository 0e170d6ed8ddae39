"""Bookings that a change of hours leaves outside them: only those, and only for what is new."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.changes.closing import Close
from models.rules.changes.hours import SetHours, WeekRow
from models.rules.house.house import House
from models.rules.judging.unfit import no_longer_fitting
from models.rules.people.discretion import Booked
from models.rules.values import Scope
from tests.models.rules.builders import ANN, CARETAKER, KAAT, MONDAY, NOW, SPACES, during, house, minute

PEOPLE = {person.username: person for person in (ANN, KAAT, CARETAKER)}


def booked(space: str, start: str, end: str, organiser=ANN, number: int = 1, **more) -> Booked:
    apart = more.pop("exclusive", SPACES[space][2].get("exclusive", True))
    return Booked(
        number,
        space,
        SPACES[space][1],
        during(start, end),
        status="confirmed",
        persons=1,
        exclusive=apart,
        organisation=organiser.organisation,
        organiser=organiser.username,
        booked_by=organiser.username,
        privacy="title",
        title=None,
        layout="boardroom",
        **more,
    )


def week(scope: tuple[str, str], *rows: tuple[str, str, str]) -> House:
    week = tuple(WeekRow(1, minute(opens), minute(closes), kind) for kind, opens, closes in rows)
    return SetHours(Scope(*scope), week, first=date(2027, 3, 1)).imagined(house())


def said(after: House, *bookings: Booked) -> list[tuple[int, tuple[str, ...]]]:
    return [(unfit.booking.id, unfit.codes) for unfit in no_longer_fitting(bookings, PEOPLE, house(), after, NOW)]


SHORTER = week(("building", "AC"), ("staff_access", "08:00", "16:00"), ("after_hours", "18:00", "23:00"))


@pytest.mark.parametrize(
    ("booking", "codes"),
    [
        (booked("ROOM", "09:00", "10:00"), ()),
        (booked("ROOM", "15:00", "16:00"), ()),
        (booked("ROOM", "15:00", "16:30"), ("outside_hours",)),
        (booked("ROOM", "07:30", "08:30"), ("outside_hours",)),
        (booked("ROOM", "05:00", "06:00"), ()),  # stood outside the hours before, too
        (booked("BOOTH", "16:30", "17:00"), ()),  # a talk follows the public's hours
        (booked("DESK-1", "12:30", "19:00"), ()),  # a desk keeps the part that is open
        (booked("SALON", "18:00", "19:00"), ("key_holder_needed",)),  # it has become an evening booking
        (booked("SALON", "18:00", "19:00", key_holder="marc"), ()),
    ],
)
def test_shorter_hours_are_shown_to_whoever_they_leave_outside(booking, codes):
    assert said(SHORTER, booking) == ([(1, codes)] if codes else [])


def test_a_desk_of_which_no_part_stays_open_no_longer_fits():
    mornings = week(("building", "AC"), ("staff_access", "07:00", "12:00"))
    assert said(mornings, booked("DESK-1", "12:30", "19:00"), booked("DESK-2", "07:00", "19:00", number=2)) == [
        (1, ("outside_hours",))
    ]


def test_a_new_break_is_shown_to_who_takes_the_space_for_themselves():
    pause = week(("space", "OPEN"), ("protected_break", "12:00", "13:00"))
    assert said(
        pause,
        booked("OPEN", "12:30", "14:00"),
        booked("OPEN", "12:30", "14:00", number=2, exclusive=True),
        booked("OPEN", "13:00", "14:00", number=3, exclusive=True),
    ) == [(2, ("protected_break",))]


def closed(**more) -> House:
    return Close(Scope("building", "AC"), {"nl": "Verhuis"}, first=MONDAY, **more).imagined(house())


def test_a_closure_is_shown_to_those_whom_it_closes():
    bookings = (
        booked("ROOM", "09:00", "10:00"),
        booked("SALON", "13:00", "14:00", KAAT, 2),
        booked("ROOM", "2027-03-09T09:00", "10:00", number=3),
    )
    everyone = closed()
    assert said(everyone, *bookings) == [(1, ("organisation_closed",)), (2, ("organisation_closed",))]
    assert said(closed(organisations=frozenset({"VER"})), *bookings) == [(2, ("organisation_closed",))]
    assert said(closed(kind="half_day", opens=minute("08:00"), closes=minute("12:00")), *bookings) == [
        (2, ("organisation_closed",))
    ]


def test_they_come_in_order_of_time():
    late, early = booked("ROOM", "13:00", "14:00", number=1), booked("SALON", "09:00", "10:00", number=2)
    assert [number for number, _codes in said(closed(), late, early)] == [2, 1]


def test_without_a_house_before_everything_is_told_that_does_not_fit_now():
    early = booked("ROOM", "05:00", "06:00")
    assert said(SHORTER, early) == []
    [unfit] = no_longer_fitting([early, booked("ROOM", "09:00", "10:00", number=2)], PEOPLE, None, SHORTER, NOW)
    assert (unfit.booking.id, unfit.codes) == (1, ("outside_hours",))

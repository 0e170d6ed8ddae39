"""Hours from a date on, or for a while: what they do to new bookings, and which old ones then no longer fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.actions.bookings.book import book
from models.queries.bookings import bookings_by_id
from models.queries.hours import all_weeks, hours_rows, weeks_of
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.place_changes import last_change
from models.rules.changes.hours import HOURS, SetHours, WeekRow, week_on
from models.rules.refusals import BadRequest, NotAllowed, Refused
from models.rules.values import Scope
from tests.cast import ANN, CHRIS, FARID, INES, NORA, NOW, ask
from tests.changing import put, tried

SPR, BUILDING = Scope("zone", "Z0-SPR"), Scope("building", "AC")
MONDAY, NEXT_MONDAY, LATER_MONDAY = "2027-03-08", "2027-03-15", "2027-03-22"
AFTERNOONS = tuple(WeekRow(weekday, 13 * 60, 17 * 60, "public") for weekday in range(1, 6))

pytestmark = pytest.mark.usefixtures("demo")


def person(username: str):
    return person_by_username(username)


def booked(space: str, start: str, end: str, who: str = CHRIS, **more):
    return book(ask(space, start, end, **more), person(who), NOW).bookings[0]


def change(**more) -> SetHours:
    return replace(SetHours(SPR, AFTERNOONS), **more)


def refused(space: str, start: str, end: str, who: str = CHRIS) -> list[str]:
    with pytest.raises(Refused) as no:
        booked(space, start, end, who)
    return [each.code for each in no.value.refusals]


def test_a_booking_is_judged_by_the_hours_of_its_own_date():
    assert put(change(first=date(2027, 3, 15), last=date(2027, 3, 19))).unfit == ()
    assert refused("SK-01", f"{NEXT_MONDAY}T09:00", "09:30") == ["outside_hours"]
    assert booked("SK-01", f"{MONDAY}T09:00", "09:30")
    assert booked("SK-01", f"{LATER_MONDAY}T09:00", "09:30")
    assert booked("SK-01", f"{NEXT_MONDAY}T16:30", "17:00")


def test_what_held_before_and_what_holds_after_stays_as_it_was():
    before = week_on(date(2027, 3, 8), weeks_of(SPR)).rows
    put(change(first=date(2027, 7, 1), last=date(2027, 8, 31)))
    assert [(week.first, week.last, week.rows) for week in weeks_of(SPR)] == [
        (date(2026, 1, 1), date(2027, 6, 30), before),
        (date(2027, 7, 1), date(2027, 8, 31), AFTERNOONS),
        (date(2027, 9, 1), None, before),
    ]
    put(change(first=date(2027, 8, 1), rows=()))
    assert [(week.first, week.last, week.rows) for week in weeks_of(SPR)] == [
        (date(2026, 1, 1), date(2027, 6, 30), before),
        (date(2027, 7, 1), date(2027, 7, 31), AFTERNOONS),
        (date(2027, 8, 1), None, ()),
    ]


def test_labels_stay_with_their_rows():
    labels = {row.label_nl for row in hours_rows(SPR)}
    week = week_on(date(2027, 3, 8), weeks_of(SPR)).rows
    put(change(rows=week))
    assert {row.label_nl for row in hours_rows(SPR)} == labels >= {"Gesprekszone op afspraak"}
    [kept] = weeks_of(SPR)
    assert kept.rows == week


def test_the_house_that_was_imagined_is_the_one_that_comes():
    wish = change(first=date(2027, 7, 1), last=date(2027, 8, 31))
    imagined = wish.imagined(the_house())
    put(wish)
    assert set(imagined.hours.all_rows()) == set(the_house().hours.all_rows())


def test_bookings_that_no_longer_fit_are_shown_and_stay():
    early = booked("SK-01", f"{MONDAY}T09:00", "09:30")
    booked("SK-01", f"{MONDAY}T14:00", "14:30")
    booked("VZ-001", f"{MONDAY}T09:00", "10:00", ANN)  # another zone
    wish = change()
    [expected] = tried(wish).unfit
    assert week_on(date(2027, 3, 8), weeks_of(SPR)).rows != AFTERNOONS
    [unfit] = put(wish).unfit
    assert unfit == expected
    assert (unfit.booking.id, unfit.codes) == (early.id, ("outside_hours",))
    assert bookings_by_id([early.id])[0].status == "confirmed"


def test_shorter_hours_of_the_building_reach_whatever_has_none_of_its_own():
    room = booked("VZ-101", f"{MONDAY}T07:00", "08:00", ANN)
    booked("PZ-01", f"{MONDAY}T07:00", "08:00", FARID)  # its zone has staff hours of its own
    nine_to_five = tuple(WeekRow(weekday, 9 * 60, 17 * 60, "staff_access") for weekday in range(1, 6))
    unfit = put(change(place=BUILDING, rows=nine_to_five)).unfit
    assert [each.booking.id for each in unfit] == [room.id]


@pytest.mark.parametrize(
    ("who", "place", "may"),
    [
        (FARID, BUILDING, True),
        (FARID, SPR, True),
        (INES, Scope("zone", "Z0-CAW"), True),
        (INES, Scope("space", "SK-08"), True),
        (INES, SPR, False),  # the town's zone, though the welfare house has a booth there
        (INES, BUILDING, False),
        (NORA, SPR, False),  # sets how many people, not when
        (ANN, SPR, False),
    ],
)
def test_who_may_set_the_hours_of_a_place(who, place, may):
    if may:
        put(change(place=place), who=who)
        assert AFTERNOONS in [week.rows for week in all_weeks()[place]]
    else:
        before = the_house().revision
        with pytest.raises(NotAllowed):
            put(change(place=place), who=who)
        assert the_house().revision == before


@pytest.mark.parametrize(
    ("bad", "reason", "field"),
    [
        ({}, " ", "reason"),
        ({"first": date(2027, 3, 2)}, "why", "from"),
        ({"first": date(2027, 3, 9), "last": date(2027, 3, 8)}, "why", "to"),
        ({"rows": (WeekRow(1, 720, 540, "public"),)}, "why", "rows.0.closes"),
    ],
)
def test_a_week_that_makes_no_sense_changes_nothing(bad, reason, field):
    before = the_house().revision
    for call in (put, tried):
        with pytest.raises(BadRequest) as no:
            call(change(**bad), reason=reason)
        assert no.value.field == field
    assert the_house().revision == before


def test_the_second_of_two_managers_is_told_that_the_first_was_there():
    seen = last_change(HOURS, "zone:Z0-SPR")
    put(change(), seen=seen)
    with pytest.raises(Refused) as no:
        put(change(rows=()), seen=seen)
    assert [each.code for each in no.value.refusals] == ["changed_meanwhile"]
    assert week_on(date(2027, 3, 8), weeks_of(SPR)).rows == AFTERNOONS
    put(change(rows=()), seen=last_change(HOURS, "zone:Z0-SPR"))


def test_the_number_of_questions_is_the_same_for_one_booking_and_for_many(counted_queries):
    def cost() -> int:
        with counted_queries() as counted:
            tried(change())
        return counted.number

    booked("SK-01", f"{MONDAY}T09:00", "09:30")
    few = cost()
    for space in ("SK-02", "SK-03", "SK-04"):
        booked(space, f"{MONDAY}T10:00", "10:30")
    assert cost() == few <= 6

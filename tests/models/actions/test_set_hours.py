"""Hours from a date on, or for a while: what they do to new bookings, and which old ones then no longer fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.actions.book import book
from models.actions.set_hours import THING, effects_of_hours, set_hours
from models.queries.bookings import bookings_by_id
from models.queries.hours import all_weeks, hours_rows, weeks_of
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.place_changes import last_change
from models.rules.hours_change import WeekChange, WeekRow, if_week_set, week_on
from models.rules.refusals import BadRequest, NotAllowed, Refused
from tests.cast import ANN, CHRIS, FARID, INES, NORA, NOW, ask

SPR, BUILDING = ("zone", "Z0-SPR"), ("building", "AC")
MONDAY, NEXT_MONDAY, LATER_MONDAY = "2027-03-08", "2027-03-15", "2027-03-22"
AFTERNOONS = tuple(WeekRow(weekday, 13 * 60, 17 * 60, "public") for weekday in range(1, 6))

pytestmark = pytest.mark.usefixtures("demo")


def person(username: str):
    return person_by_username(username)


def booked(space: str, start: str, end: str, who: str = CHRIS, **more):
    return book(ask(space, start, end, **more), person(who), NOW).bookings[0]


def change(**more) -> WeekChange:
    return replace(WeekChange(SPR, AFTERNOONS, "Enkel namiddag"), **more)


def refused(space: str, start: str, end: str, who: str = CHRIS) -> list[str]:
    with pytest.raises(Refused) as no:
        booked(space, start, end, who)
    return [each.code for each in no.value.refusals]


def test_a_booking_is_judged_by_the_hours_of_its_own_date():
    assert set_hours(change(first=date(2027, 3, 15), last=date(2027, 3, 19)), person(FARID), NOW) == ()
    assert refused("SK-01", f"{NEXT_MONDAY}T09:00", "09:30") == ["outside_hours"]
    assert booked("SK-01", f"{MONDAY}T09:00", "09:30") and booked("SK-01", f"{LATER_MONDAY}T09:00", "09:30")
    assert booked("SK-01", f"{NEXT_MONDAY}T16:30", "17:00")


def test_what_held_before_and_what_holds_after_stays_as_it_was():
    before = week_on(date(2027, 3, 8), weeks_of(SPR)).rows
    set_hours(change(first=date(2027, 7, 1), last=date(2027, 8, 31)), person(FARID), NOW)
    assert [(week.first, week.last, week.rows) for week in weeks_of(SPR)] == [
        (date(2026, 1, 1), date(2027, 6, 30), before), (date(2027, 7, 1), date(2027, 8, 31), AFTERNOONS),
        (date(2027, 9, 1), None, before)]
    set_hours(change(first=date(2027, 8, 1), rows=()), person(FARID), NOW)
    assert [(week.first, week.last, week.rows) for week in weeks_of(SPR)] == [
        (date(2026, 1, 1), date(2027, 6, 30), before), (date(2027, 7, 1), date(2027, 7, 31), AFTERNOONS),
        (date(2027, 8, 1), None, ())]


def test_labels_stay_with_their_rows():
    labels = {row.label_nl for row in hours_rows(SPR)}
    week = week_on(date(2027, 3, 8), weeks_of(SPR)).rows
    set_hours(change(rows=week), person(FARID), NOW)
    assert {row.label_nl for row in hours_rows(SPR)} == labels >= {"Gesprekszone op afspraak"}
    [kept] = weeks_of(SPR)
    assert kept.rows == week


def test_the_house_that_was_imagined_is_the_one_that_comes():
    wish = change(first=date(2027, 7, 1), last=date(2027, 8, 31))
    imagined = if_week_set(the_house(), wish, date(2027, 7, 1))
    set_hours(wish, person(FARID), NOW)
    assert set(imagined.hours.all_rows()) == set(the_house().hours.all_rows())


def test_bookings_that_no_longer_fit_are_shown_and_stay():
    early = booked("SK-01", f"{MONDAY}T09:00", "09:30")
    booked("SK-01", f"{MONDAY}T14:00", "14:30")
    booked("VZ-001", f"{MONDAY}T09:00", "10:00", ANN)           # another zone
    wish = change()
    [expected] = effects_of_hours(wish, person(FARID), NOW)
    assert week_on(date(2027, 3, 8), weeks_of(SPR)).rows != AFTERNOONS
    [unfit] = set_hours(wish, person(FARID), NOW)
    assert unfit == expected
    assert (unfit.booking.id, unfit.codes) == (early.id, ("outside_hours",))
    assert bookings_by_id([early.id])[0].status == "confirmed"


def test_shorter_hours_of_the_building_reach_whatever_has_none_of_its_own():
    room = booked("VZ-101", f"{MONDAY}T07:00", "08:00", ANN)
    booked("PZ-01", f"{MONDAY}T07:00", "08:00", FARID)          # its zone has staff hours of its own
    nine_to_five = tuple(WeekRow(weekday, 9 * 60, 17 * 60, "staff_access") for weekday in range(1, 6))
    unfit = set_hours(change(scope=BUILDING, rows=nine_to_five), person(FARID), NOW)
    assert [each.booking.id for each in unfit] == [room.id]


@pytest.mark.parametrize("who, scope, may", [
    (FARID, BUILDING, True), (FARID, SPR, True), (INES, ("zone", "Z0-CAW"), True), (INES, ("space", "SK-08"), True),
    (INES, SPR, False),             # the town's zone, though the welfare house has a booth there
    (INES, BUILDING, False),
    (NORA, SPR, False),             # sets how many people, not when
    (ANN, SPR, False),
])
def test_who_may_set_the_hours_of_a_place(who, scope, may):
    if may:
        set_hours(change(scope=scope), person(who), NOW)
        assert AFTERNOONS in [week.rows for week in all_weeks()[scope]]
    else:
        before = the_house().revision
        with pytest.raises(NotAllowed):
            set_hours(change(scope=scope), person(who), NOW)
        assert the_house().revision == before


@pytest.mark.parametrize("bad, field", [
    ({"reason": " "}, "reason"),
    ({"first": date(2027, 3, 2)}, "from"),
    ({"first": date(2027, 3, 9), "last": date(2027, 3, 8)}, "to"),
    ({"rows": (WeekRow(1, 720, 540, "public"),)}, "rows.0.closes"),
])
def test_a_week_that_makes_no_sense_changes_nothing(bad, field):
    before = the_house().revision
    for call in (set_hours, effects_of_hours):
        with pytest.raises(BadRequest) as no:
            call(change(**bad), person(FARID), NOW)
        assert no.value.field == field
    assert the_house().revision == before


def test_the_second_of_two_managers_is_told_that_the_first_was_there():
    seen = last_change(THING, "zone:Z0-SPR")
    set_hours(change(), person(FARID), NOW, seen=seen)
    with pytest.raises(Refused) as no:
        set_hours(change(rows=()), person(FARID), NOW, seen=seen)
    assert [each.code for each in no.value.refusals] == ["changed_meanwhile"]
    assert week_on(date(2027, 3, 8), weeks_of(SPR)).rows == AFTERNOONS
    set_hours(change(rows=()), person(FARID), NOW, seen=last_change(THING, "zone:Z0-SPR"))


def test_the_number_of_questions_is_the_same_for_one_booking_and_for_many(counted_queries):
    def cost() -> int:
        with counted_queries() as counted:
            effects_of_hours(change(), person(FARID), NOW)
        return counted.number
    booked("SK-01", f"{MONDAY}T09:00", "09:30")
    few = cost()
    for space in ("SK-02", "SK-03", "SK-04"):
        booked(space, f"{MONDAY}T10:00", "10:30")
    assert cost() == few <= 6

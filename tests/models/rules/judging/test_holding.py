"""Until when a request keeps its place unanswered."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.judging.holding import hold_until
from models.rules.times.hours import Closure
from tests.models.rules.builders import at, during, house

HOUSE = house()
WED = "2027-03-03"


@pytest.mark.parametrize(
    ("asked", "start", "end", "until"),
    [
        (f"{WED}T09:00", "2027-04-20T09:00", "10:00", "2027-03-10T17:00"),  # a week later, at the end of work
        (f"{WED}T22:00", "2027-04-20T09:00", "10:00", "2027-03-10T17:00"),  # however late it was asked that day
        ("2027-03-06T09:00", "2027-04-20T09:00", "10:00", "2027-03-15T17:00"),  # a week later is a Saturday: the Monday
        (f"{WED}T09:00", "2027-03-09T09:00", "10:00", "2027-03-05T17:00"),  # within a week: two working days
        ("2027-03-05T09:00", "2027-03-11T09:00", "10:00", "2027-03-09T17:00"),  # and the weekend is none
        (f"{WED}T09:00", f"{WED}T18:00", "20:00", f"{WED}T16:00"),  # two hours before it starts
        (f"{WED}T09:00", "2027-03-10T09:00", "10:00", "2027-03-10T07:00"),  # a week on: it starts before that
        (f"{WED}T09:00", f"{WED}T14:00", "16:00", f"{WED}T13:00"),  # four hours to see it
        (f"{WED}T09:00", f"{WED}T10:00", "12:00", f"{WED}T12:00"),  # though not when it is over
        (f"{WED}T09:00", f"{WED}T10:00", "18:00", f"{WED}T13:00"),
        ("2027-03-24T09:00", "2027-05-20T09:00", "10:00", "2027-03-31T17:00"),  # the clock goes forward in between
    ],
)
def test_a_request_keeps_its_place_until_somebody_had_time_to_answer(asked, start, end, until):
    assert hold_until(during(start, end), at(asked), HOUSE) == at(until)


@pytest.mark.parametrize(
    ("closure", "until"),
    [
        (Closure(date(2027, 3, 5), "local_closure", None, None, frozenset({"GEM"}), "bridge"), "2027-03-08T17:00"),
        (Closure(date(2027, 3, 5), "local_closure", None, None, frozenset({"OCMW"}), "bridge"), "2027-03-05T17:00"),
        (Closure(date(2027, 3, 5), "half_day", None, 12 * 60, frozenset(), "half a day"), "2027-03-05T17:00"),
    ],
)
def test_a_day_on_which_the_host_is_closed_is_no_working_day(closure, until):
    closed = house(closures=[closure])
    assert hold_until(during("2027-03-09T09:00", "10:00"), at(f"{WED}T09:00"), closed) == at(until)


def test_a_house_that_is_closed_for_months_does_not_wait_for_months():
    closures = [
        Closure(
            date.fromordinal(date(2027, 3, 4).toordinal() + days), "local_closure", None, None, frozenset(), "moving"
        )
        for days in range(90)
    ]
    until = hold_until(during("2027-07-20T09:00", "10:00"), at(f"{WED}T09:00"), house(closures=closures))
    assert until == at("2027-03-10T17:00")


def test_it_never_ends_before_it_began():
    for minutes in range(0, 24 * 60, 15):
        start = f"2027-03-04T{minutes // 60:02}:{minutes % 60:02}"
        slot = during(start, "2027-03-05T00:00")
        assert slot.end >= hold_until(slot, at(f"{WED}T23:50"), HOUSE) > at(f"{WED}T23:50")

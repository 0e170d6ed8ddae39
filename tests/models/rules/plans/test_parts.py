"""How long a plan waits for its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.rules.plans.parts import answer_due
from models.rules.times.hours import Closure
from tests.cast import at
from tests.models.rules.builders import house

WEDNESDAY = "2027-03-03T10:30"


@pytest.mark.parametrize(
    ("asked", "closed", "due"),
    [
        (WEDNESDAY, [], "2027-03-08T10:30"),  # Thursday, Friday, Monday
        ("2027-03-01T10:30", [], "2027-03-04T10:30"),
        ("2027-03-06T10:30", [], "2027-03-10T10:30"),  # on a Saturday: Monday, Tuesday, Wednesday
        (WEDNESDAY, [("2027-03-04", "public_holiday", ())], "2027-03-09T10:30"),
        (WEDNESDAY, [("2027-03-04", "local_closure", ("OCMW",))], "2027-03-09T10:30"),
        (WEDNESDAY, [("2027-03-04", "local_closure", ("GEM",))], "2027-03-08T10:30"),  # others are closed
        (WEDNESDAY, [("2027-03-04", "half_day", ())], "2027-03-08T10:30"),  # part of a day is a day
        ("2027-03-25T10:30", [("2027-03-29", "public_holiday", ())], "2027-03-31T10:30"),  # over the clock change
    ],
)
def test_a_plan_waits_three_working_days_of_those_who_see_to_a_part(asked, closed, due):
    closures = tuple(
        Closure(
            date.fromisoformat(day),
            kind,
            *((8 * 60, 12 * 60) if kind == "half_day" else (None, None)),
            frozenset(organisations),
            "",
        )
        for day, kind, organisations in closed
    )
    assert answer_due(["OCMW"], replace(house(), closures=closures), at(asked)) == at(due)

"""The tables of bookings together: more than two hundred rows, and no rule of the house that none of them meets."""

from __future__ import annotations

import re

from tests.models.actions.bookings.test_verdicts_by_rules_set import TABLE as RULES_SET
from tests.models.actions.bookings.test_verdicts_in_time import TABLE as IN_TIME
from tests.models.actions.bookings.test_verdicts_of_crowds import TABLE as CROWDS
from tests.models.actions.bookings.test_verdicts_of_places import TABLE as PLACES
from tests.models.actions.bookings.test_verdicts_of_talks_and_desks import TABLE as TALKS_AND_DESKS
from tests.models.actions.bookings.test_verdicts_on_open_days import TABLE as OPEN_DAYS

ROWS = [*PLACES, *CROWDS, *IN_TIME, *OPEN_DAYS, *TALKS_AND_DESKS, *RULES_SET]
BY_ANOTHER_SIGN = {"R18", "R19"}  # release comes after booking; R19 shows as a role that is awaited


def test_there_are_two_hundred_bookings_or_more_and_none_twice():
    assert len(ROWS) >= 200
    assert len({repr(row[:5]) for row in ROWS}) == len(ROWS)


def test_every_rule_is_met_by_a_row_that_it_refuses_or_warns():
    named = set(re.findall(r"R\d\d", " ".join(row[5] for row in ROWS)))
    assert named == {f"R{n:02}" for n in range(1, 24)} - BY_ANOTHER_SIGN
    assert any("pending" in row[5] for row in ROWS)


def test_as_many_are_accepted_as_a_table_needs_that_does_not_only_say_no():
    accepted = [row for row in ROWS if row[5].startswith("yes")]
    assert len(accepted) > len(ROWS) / 3

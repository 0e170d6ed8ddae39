"""Whom a talk or duty of somebody ill goes to: who is on duty for it first, and never somebody whom something keeps."""

from __future__ import annotations

import pytest

from models.rules.roster.standing_in import Errand, Helper, in_the_way, proposed
from tests.models.rules.builders import during

TEN, HALF_PAST, MORNING = during("10:00", "10:30"), during("10:15", "10:45"), during("09:00", "12:30")
TALK = Errand("talk", "PERMITS", "BOOTH", (TEN,))
DUTY = Errand("duty", "PERMITS", "COUNTER", (MORNING,), is_duty=True)
FREE = Helper(1, "PERMITS")


@pytest.mark.parametrize(
    ("errand", "other", "goes_to"),
    [
        (TALK, Helper(2, "PERMITS"), 1),  # alike: the first
        (TALK, Helper(2, "PERMITS", on_duty=(("PERMITS", MORNING),)), 2),  # on duty for the service
        (TALK, Helper(2, "PERMITS", on_duty=(("SOCIAL", MORNING),)), 1),  # sits at a counter for another
        (DUTY, Helper(2, "PERMITS", on_duty=(("PERMITS", MORNING),)), 1),  # sits at another counter already
        (TALK, Helper(2, "PERMITS", frozenset({"fr"})), 2),  # speaks what the other does
        (TALK, Helper(2, "SOCIAL", frozenset({"fr"})), 1),  # of another service
        (TALK, Helper(0, "PERMITS", busy=(HALF_PAST,)), 1),  # talks then
        (TALK, Helper(0, "PERMITS", busy=(during("10:30", "11:00"),)), 0),  # begins as this one ends
    ],
)
def test_it_goes_to_the_colleague_who_fits_best_of_those_who_can(errand, other, goes_to):
    assert proposed([errand], [FREE, other], frozenset({"fr"})) == {errand.key: goes_to}


def test_nobody_is_proposed_for_two_things_at_once_and_where_nobody_can_there_is_none():
    later = Errand("later", "PERMITS", "OPEN", (HALF_PAST,))
    two = proposed([later, TALK], [FREE], frozenset())
    assert two == {"talk": 1, "later": None}
    assert in_the_way([later, TALK], two) is None
    assert in_the_way([later, TALK], {"talk": 1, "later": 1}) == TALK
    assert proposed([TALK], [], frozenset()) == {"talk": None}

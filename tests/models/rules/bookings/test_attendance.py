"""What may become of a booking: every verb from every status, and the window for checking in."""

from __future__ import annotations

import pytest

from models.rules.bookings.attendance import HOLDS_PLACE, next_status
from tests.models.rules.builders import at, during

STATUSES = ("pending", "confirmed", "checked_in", "completed", "cancelled", "declined", "released")
NO = None
OUTCOMES = {
    #              pending      confirmed     checked_in    completed    cancelled    declined    released
    "check_in": (NO, "checked_in", "checked_in", NO, NO, NO, NO),
    "release": ("released", "released", "completed", "completed", NO, NO, "released"),
    "approve": ("confirmed", "confirmed", "checked_in", NO, NO, NO, NO),
    "decline": ("declined", NO, NO, NO, NO, "declined", NO),
    "cancel": ("cancelled", "cancelled", NO, NO, "cancelled", NO, NO),
}


@pytest.mark.parametrize("verb", OUTCOMES)
def test_each_verb_does_what_it_can_and_what_is_done_already_stays_so(verb):
    found = tuple(next_status(verb, status, during("09:00", "10:00"), at("09:05")) for status in STATUSES)
    assert found == OUTCOMES[verb]


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        ("08:44", None),
        ("08:45", "checked_in"),  # from a quarter before the start
        ("09:00", "checked_in"),
        ("09:59", "checked_in"),
        ("10:00", None),  # it is over
    ],
)
def test_check_in_opens_a_quarter_before_the_start_and_closes_at_the_end(now, outcome):
    assert next_status("check_in", "confirmed", during("09:00", "10:00"), at(now)) == outcome


@pytest.mark.parametrize(
    ("verb", "status"),
    [("cancel", "confirmed"), ("release", "checked_in"), ("approve", "pending"), ("decline", "pending")],
)
def test_what_is_over_no_longer_changes_but_what_was_done_stays_done(verb, status):
    after = next_status(verb, status, during("09:00", "10:00"), at("09:59"))
    assert after is not None
    assert next_status(verb, status, during("09:00", "10:00"), at("10:00")) is None
    assert next_status(verb, after, during("09:00", "10:00"), at("10:00")) == after


def test_three_statuses_hold_a_place():
    assert HOLDS_PLACE == ("pending", "confirmed", "checked_in")

"""Gaps between bookings to the minute, both halves of a folding wall, grids, lengths, and how far ahead."""

from __future__ import annotations

import pytest

from tests.cast import ANN, BRAM, CHRIS, FARID, HUGO, JEF
from tests.models.actions.bookings.verdicts import answered, of, stands

HALF_TAKEN = (stands(ANN, "VZ-101", "03-08 10:00-11:00", 10),)
BOTH_TAKEN = (stands(FARID, "VZ-101-102", "03-09 10:00-11:00", 30),)
COLLEGE = (stands(HUGO, "VZ-201", "03-10 10:00-11:00", 10),)
HALLS = (stands(HUGO, "PZ-02", "03-11 10:00-11:00", 20), stands(HUGO, "PZ-01", "03-11 11:00-12:00", 20))
BOOTH = (stands(ANN, "SK-10", "03-09 10:00-10:30", 2),)
ASKED = (stands(ANN, "VZ-201", "03-12 10:00-11:00", 10),)
DUTY = (stands(CHRIS, "LK-01", "03-12 09:00-10:00", service="GEM-BEV"),)
TAKEN, GRID, SHORT, LONG = "409 space_taken R06", "422 off_grid", "422 too_short", "422 too_long"
AHEAD, PAST, OFFICER = "422 too_far_ahead", "422 in_the_past", "yes pending protocol_officer"

TABLE = [
    # who, space, when, what, before, answer, why
    (BRAM, "VZ-101", "03-08 11:00-12:00", of(10), HALF_TAKEN, TAKEN, "it is aired until 11:15"),
    (BRAM, "VZ-101", "03-08 11:15-12:00", of(10), HALF_TAKEN, "yes", "to the minute"),
    (BRAM, "VZ-101", "03-08 09:00-10:00", of(10), HALF_TAKEN, TAKEN, "this one wants 15 minutes after it as well"),
    (BRAM, "VZ-101", "03-08 09:00-09:45", of(10), HALF_TAKEN, "yes", "and has them"),
    (BRAM, "VZ-101", "03-08 10:15-10:45", of(10), HALF_TAKEN, TAKEN, "in the midst of it"),
    (BRAM, "VZ-101", "03-08 09:00-12:00", of(10), HALF_TAKEN, TAKEN, "around it"),
    (BRAM, "VZ-102", "03-08 10:00-11:00", of(10), HALF_TAKEN, "yes", "the other side of the wall is free"),
    (FARID, "VZ-101-102", "03-08 10:15-10:45", of(30), HALF_TAKEN, TAKEN, "one half is taken"),
    (FARID, "VZ-101-102", "03-08 11:00-12:00", of(30), HALF_TAKEN, TAKEN, "15 after the half, 15 before both: 15"),
    (FARID, "VZ-101-102", "03-08 11:15-12:15", of(30), HALF_TAKEN, "yes", "the larger of 15 and 15"),
    (FARID, "VZ-101-102", "03-08 08:45-09:45", of(30), HALF_TAKEN, TAKEN, "both want 30 after them"),
    (FARID, "VZ-101-102", "03-08 08:30-09:30", of(30), HALF_TAKEN, "yes", "30 to the minute"),
    (ANN, "VZ-101", "03-09 10:00-11:00", of(10), BOTH_TAKEN, TAKEN, "both are taken, so this half is"),
    (ANN, "VZ-102", "03-09 10:30-11:30", of(10), BOTH_TAKEN, TAKEN, "and that half"),
    (ANN, "VZ-101", "03-09 11:15-12:00", of(10), BOTH_TAKEN, TAKEN, "30 after both"),
    (ANN, "VZ-101", "03-09 11:30-12:00", of(10), BOTH_TAKEN, "yes", "30 to the minute"),
    (ANN, "VZ-102", "03-09 11:15-12:00", of(10), BOTH_TAKEN, TAKEN, "30 after both, here too"),
    (ANN, "VZ-102", "03-09 11:30-12:00", of(10), BOTH_TAKEN, "yes", "30 to the minute, here too"),
    (ANN, "VZ-101", "03-09 09:00-10:00", of(10), BOTH_TAKEN, TAKEN, "the wall is still to be folded"),
    (ANN, "VZ-101", "03-09 09:00-09:45", of(10), BOTH_TAKEN, "yes", "the larger of 15 after and 15 before"),
    (ANN, "VZ-102", "03-09 09:00-09:45", of(10), BOTH_TAKEN, "yes", "the same on this side"),
    (FARID, "VZ-101-102", "03-09 11:15-12:15", of(30), BOTH_TAKEN, TAKEN, "the larger of 30 after and 15 before"),
    (FARID, "VZ-101-102", "03-09 11:30-12:30", of(30), BOTH_TAKEN, "yes", "30"),
    (ANN, "VZ-103", "03-09 10:00-11:00", of(10), BOTH_TAKEN, "yes", "De Brug is no part of it"),
    (ANN, "VZ-201", "03-10 11:00-12:00", of(10), COLLEGE, TAKEN, "15 after the college, 15 before this one"),
    (ANN, "VZ-201", "03-10 11:15-12:00", of(10), COLLEGE, OFFICER, "they share the same quarter"),
    (ANN, "VZ-201", "03-10 09:00-10:00", of(10), COLLEGE, TAKEN, "and so before it"),
    (ANN, "VZ-201", "03-12 10:30-11:30", of(10), ASKED, TAKEN, "what waits for the officer holds the room"),
    (ANN, "PZ-02", "03-11 11:00-12:00", of(20), HALLS, TAKEN, "30 after a wedding"),
    (ANN, "PZ-02", "03-11 11:30-12:00", of(20), HALLS, OFFICER, "the larger of 30 after and 15 before"),
    (ANN, "PZ-02", "03-11 09:00-10:00", of(20), HALLS, TAKEN, "none right before it"),
    (ANN, "PZ-02", "03-11 08:30-09:30", of(20), HALLS, OFFICER, "half an hour before it"),
    (ANN, "PZ-01", "03-11 12:30-13:30", of(20), HALLS, TAKEN, "an hour to clear the chamber"),
    (ANN, "PZ-01", "03-11 13:00-14:00", of(20), HALLS, OFFICER, "the hour of one is the hour of the other"),
    (ANN, "PZ-01", "03-11 09:30-10:30", of(20), HALLS, TAKEN, "half an hour is not an hour"),
    (JEF, "SK-10", "03-09 10:30-11:00", of(2), BOOTH, "409 space_taken R06", "five minutes to air the booth"),
    (JEF, "SK-10", "03-09 10:45-11:15", of(2), BOOTH, "yes warns alone R23 zone:Z0-WW 1/2", "on its grid"),
    (ANN, "LK-01", "03-12 10:00-11:00", of(service="GEM-BEV"), DUTY, "yes", "at a counter duty follows duty"),
    (ANN, "LK-01", "03-12 09:30-10:30", of(service="GEM-BEV"), DUTY, TAKEN, "one at a time"),
    # on the grid
    (ANN, "VZ-103", "03-15 09:10-10:00", of(5), (), GRID, "not on a quarter"),
    (ANN, "VZ-103", "03-15 09:00-09:50", of(5), (), GRID, "nor its end"),
    (ANN, "SB-01", "03-15 09:15-10:15", of(service="GEM-ONT"), (), GRID, "half hours at the quick desk"),
    (ANN, "SB-01", "03-15 09:30-10:30", of(service="GEM-ONT"), (), "yes", "on the half hour"),
    (ANN, "PZ-02", "03-15 10:15-11:15", of(20), (), GRID, "half hours in the wedding hall"),
    (ANN, "WP-1BUR-01", "03-15 07:00-12:30", of(), (), "yes", "the morning block"),
    (ANN, "WP-1BUR-01", "03-15 12:30-19:00", of(), (), "yes", "the afternoon block"),
    (ANN, "WP-1BUR-01", "03-15 07:00-19:00", of(), (), "yes", "both"),
    (ANN, "WP-1BUR-01", "03-15 08:00-12:30", of(), (), GRID, "half a block"),
    (ANN, "WP-1BUR-01", "03-15 07:00-13:00", of(), (), GRID, "a block and a bit: not too long, off its blocks"),
    (ANN, "WP-1BUR-01", "03-15 09:00-10:00", of(), (), GRID, "an hour: not too short, off its blocks"),
    # not too short, not too long
    (ANN, "SB-01", "03-15 09:00-09:30", of(service="GEM-ONT"), (), SHORT, "duty is an hour or more"),
    (ANN, "LK-01", "03-15 09:00-09:45", of(service="GEM-BEV"), (), SHORT, "at every counter"),
    (ANN, "PZ-01", "03-15 09:00-09:30", of(20), (), SHORT, "the chamber is for an hour or more"),
    (ANN, "VZ-103", "03-15 09:00-09:10", of(5), (), "422 off_grid; too_short", "ten minutes are neither"),
    (ANN, "VZ-103", "03-15 08:00-16:00", of(5), (), "yes", "eight hours"),
    (ANN, "VZ-103", "03-15 08:00-16:15", of(5), (), LONG, "and a quarter"),
    (ANN, "VZ-106", "03-15 09:00-11:00", of(3), (), "yes", "two hours in Het Anker"),
    (ANN, "VZ-106", "03-15 09:00-11:15", of(3), (), LONG, "not more"),
    (ANN, "OR-06", "03-15 09:00-10:15", of(3), (), LONG, "the lounge is for an hour"),
    (ANN, "KH-01", "03-15 09:00-09:45", of(3), (), LONG, "a coffee takes half an hour"),
    (ANN, "OR-02", "03-15 09:00-12:00", of(4), (), "yes", "three hours at the reading table"),
    (ANN, "OR-02", "03-15 09:00-12:15", of(4), (), LONG, "are the most"),
    (ANN, "PZ-01", "03-15 08:00-18:00", of(20), (), OFFICER, "ten hours in the chamber"),
    (ANN, "PZ-01", "03-15 08:00-18:30", of(20), (), LONG, "are the most here"),
    # what is over
    (ANN, "VZ-103", "03-03 09:00-10:00", of(5, now="03-03 09:14"), (), "yes", "the quarter in which it starts runs"),
    (ANN, "VZ-103", "03-03 09:00-10:00", of(5, now="03-03 09:15"), (), PAST, "and is over"),
    (ANN, "PZ-02", "03-03 09:00-10:00", of(20, now="03-03 09:29"), (), OFFICER, "half an hour runs longer"),
    (ANN, "PZ-02", "03-03 09:00-10:00", of(20, now="03-03 09:30"), (), PAST, "until half past"),
    (ANN, "WP-1BUR-01", "03-03 07:00-12:30", of(now="03-03 12:29"), (), "yes", "the last minute of the morning"),
    (ANN, "WP-1BUR-01", "03-03 07:00-12:30", of(now="03-03 12:30"), (), PAST, "the morning is over"),
    (ANN, "WP-1BUR-01", "03-03 07:00-19:00", of(now="03-03 12:30"), (), PAST, "a whole day starts in the morning"),
    # how far ahead
    (ANN, "VZ-103", "06-01 09:00-10:00", of(5), (), "yes", "90 days, though the clock changed between"),
    (ANN, "VZ-103", "06-01 09:15-10:00", of(5), (), AHEAD, "a quarter more"),
    (ANN, "VZ-103", "06-01 09:00-10:00", of(5, now="03-03 08:59"), (), AHEAD, "a minute too soon"),
    (ANN, "WP-1BUR-01", "03-17 07:00-12:30", of(now="03-03 07:00"), (), "yes", "14 days"),
    (ANN, "WP-1BUR-01", "03-17 07:00-12:30", of(now="03-03 06:59"), (), AHEAD, "and a minute"),
    (ANN, "WP-1BUR-01", "03-30 07:00-12:30", of(now="03-16 07:00"), (), "yes", "14 days with the night of 23 hours"),
    (ANN, "WP-1BUR-01", "03-30 07:00-12:30", of(now="03-16 06:59"), (), AHEAD, "by the clock on the wall"),
    (ANN, "WP-1BUR-01", "11-03 07:00-12:30", of(now="10-20 07:00"), (), "yes", "14 days with the night of 25 hours"),
    (ANN, "WP-1BUR-01", "11-03 07:00-12:30", of(now="10-20 06:59"), (), AHEAD, "by the clock on the wall again"),
    (ANN, "SK-10", "05-03 09:00-09:30", of(2, now="03-04 09:00"), (), "yes warns alone R23 zone:Z0-WW 1/2", "60 days"),
    (ANN, "SK-10", "05-03 09:15-09:45", of(2, now="03-04 09:00"), (), AHEAD, "60 days and a quarter"),
    (ANN, "VZ-001", "2028-03-02 09:00-10:00", of(10), (), "yes", "365 days, one of them 29 February"),
    (ANN, "VZ-001", "2028-03-02 09:15-10:00", of(10), (), AHEAD, "365 days and a quarter"),
    (ANN, "PZ-01", "2029-03-02 09:00-10:00", of(20), (), OFFICER, "730 days"),
    (ANN, "PZ-01", "2029-03-02 09:30-10:30", of(20), (), AHEAD, "730 days and half an hour"),
]


@pytest.mark.parametrize(
    ("who", "space", "when", "what", "before", "answer", "why"), TABLE, ids=[row[-1] for row in TABLE]
)
def test_a_booking_has_its_gap_its_grid_its_length_and_its_horizon(
    prepared, who, space, when, what, before, answer, why
):
    assert answered(who, space, when, what) == answer, why

"""The next free code of a space, as a manager would have chosen it."""

from __future__ import annotations

import pytest

from models.rules.house.place_codes import desk_codes, next_code, zone_mark


@pytest.mark.parametrize(
    ("after", "taken", "code"),
    [
        ("VZ-101", (), "VZ-102"),
        ("VZ-101", ("VZ-102", "VZ-103"), "VZ-104"),
        ("SK-09", (), "SK-10"),
        ("VZ-101-102", (), "VZ-101-103"),
        ("Hall", (), "Hall-2"),
        ("Hall", ("Hall-2",), "Hall-3"),
        ("99", (), "100"),
    ],
)
def test_a_code_counts_on_from_the_last_one_past_those_taken(after, taken, code):
    assert next_code(after, taken) == code


@pytest.mark.parametrize(
    ("zone", "mark"),
    [
        ("Z1-BUR", "1BUR"),
        ("Z0-WW", "0WW"),
        ("ZP-PRO", "ZPPRO"),
        ("zaal", "ZAAL"),
        ("Z-", "Z"),
        ("–", "X"),
    ],
)
def test_a_desks_code_says_its_zone(zone, mark):
    assert zone_mark(zone) == mark


@pytest.mark.parametrize(
    ("first", "taken", "codes"),
    [
        (None, ("WP-1BUR-16", "WP-1BUR-02"), ["WP-1BUR-17", "WP-1BUR-18"]),
        (None, (), ["WP-1BUR-01", "WP-1BUR-02"]),
        (1, ("WP-1BUR-02",), ["WP-1BUR-01", "WP-1BUR-03"]),  # a gap is filled, what is there stays
        (99, (), ["WP-1BUR-99", "WP-1BUR-100"]),
        (None, ("WP-1BUR-x", "WP-1OMG-40"), ["WP-1BUR-01", "WP-1BUR-02"]),
    ],
)
def test_desks_are_numbered_on_within_their_zone(first, taken, codes):
    assert desk_codes("Z1-BUR", 2, first, taken) == codes

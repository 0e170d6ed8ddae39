"""How long it took until people were accounted for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.rules.presence.evacuation import Mark, ToClear
from models.rules.presence.minutes import Reached, reached, reached_by_zone
from tests.cast import NOW


def line(persons: int, mark: str = "", minutes: int = 0, missing: int = 0, zone: str = "HAL") -> ToClear:
    made = Mark(mark, missing, NOW + timedelta(minutes=minutes), "Farid") if mark else None
    return ToClear(f"{zone}-{persons}-{minutes}", "checked_in", zone, "ROOM", persons, mark=made)


@pytest.mark.parametrize(
    ("lines", "people", "after"),
    [
        ([], 0, (None, None, None)),  # nobody to account for
        ([line(10)], 10, (None, None, None)),  # nobody looked
        ([line(10, "out", 3)], 10, (3, 3, 3)),
        ([line(5, "out", 2), line(4, "out", 4), line(1, "out", 9)], 10, (2, 4, 9)),
        ([line(5, "empty", 2), line(5, "out", 4)], 10, (2, 4, 4)),  # that nobody was there is known too
        ([line(10, "missing", 3, missing=1)], 10, (3, 3, None)),  # nine of ten, and never the tenth
        ([line(9, "out", 3), line(1)], 10, (3, 3, None)),
        ([line(3, "out", 5), line(3, "out", 1)], 6, (1, 5, 5)),  # by the clock, whatever the order of the list
        ([line(0, "missing", 1, missing=1), line(1, "out", 2)], 2, (2, None, None)),  # more than were known of
    ],
)
def test_a_share_is_reached_with_the_tick_that_accounts_for_it(lines, people, after):
    lasted = tuple(None if each is None else timedelta(minutes=each) for each in after)
    assert reached([*lines, ToClear("z-HAL", "zone", "HAL")], NOW) == Reached(people, lasted)


def test_each_zone_with_people_on_the_list_has_minutes_of_its_own():
    found = reached_by_zone([line(2, "out", 1), line(4, zone="SIDE"), ToClear("z-ATTIC", "zone", "ATTIC")], NOW)
    assert {zone: (each.people, each.after[2]) for zone, each in found.items()} == {
        "HAL": (2, timedelta(minutes=1)),
        "SIDE": (4, None),
    }

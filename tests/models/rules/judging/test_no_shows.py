"""R18: how long a place is kept for whoever does not check in."""

from __future__ import annotations

from datetime import date

import pytest

from models.rules.house.house import Rule
from models.rules.judging.no_shows import is_no_show, kept_for, spaces_that_release
from models.rules.people.discretion import Booked
from tests.models.rules.builders import MONDAY, at, during, house, minutes, with_policy

RELEASES = {"ROOM": {"auto_release_minutes": 15}, "DESK-1": {"auto_release_minutes": 60}}
HOUSE = house(RELEASES)


def booking(space: str = "ROOM", status: str = "confirmed", start: str = "09:00", changed: str = "2027-03-01T09:00"):
    whole = {"organisation": "GEM", "privacy": "title", "persons": 4, "organiser": "ann", "booked_by": "ann"}
    whole |= {"title": None, "layout": "boardroom"}
    return Booked(1, space, "meeting_room", during(start, "12:00"), status, updated_at=at(changed), **whole)


@pytest.mark.parametrize(
    ("what", "now", "is_one"),
    [
        ({}, "09:14", False),
        ({}, "09:15", True),  # a quarter after the start
        ({"space": "DESK-1"}, "09:59", False),
        ({"space": "DESK-1"}, "10:00", True),
        ({"space": "SALON"}, "11:59", False),  # 0 minutes: never
        ({"status": "checked_in"}, "11:00", False),
        ({"status": "pending"}, "11:00", False),
        ({"status": "released"}, "11:00", False),
        ({"status": "completed"}, "11:00", False),
        ({"changed": "09:10"}, "09:24", False),
        ({"changed": "09:10"}, "09:25", True),  # booked when it had begun
        ({"changed": "08:00"}, "09:14", False),
        ({"changed": "08:00"}, "09:15", True),  # before: counts from the start
    ],
)
def test_a_place_is_kept_for_as_long_as_its_space_says(what, now, is_one):
    assert is_no_show(booking(**what), HOUSE, at(now)) is is_one


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (Rule("R18", "auto"), minutes(15)),
        (Rule("R18", "auto", mode="enforce"), minutes(15)),
        (Rule("R18", "auto", mode="warn"), None),
        (Rule("R18", "auto", mode="off"), None),
        (Rule("R18", "auto", applies_to=frozenset({"VER"})), minutes(15)),
        (Rule("R18", "auto", applies_to=frozenset({"HAL"})), None),
    ],
)
def test_a_rule_that_warns_is_off_or_holds_elsewhere_gives_nothing_free(rule, kept):
    assert kept_for("ROOM", MONDAY, house(RELEASES, rules=[rule])) == kept


def test_the_policy_of_the_bookings_own_date_counts():
    later = with_policy(HOUSE, "ROOM", "2027-03-09", auto_release_minutes=0)
    assert kept_for("ROOM", MONDAY, later) == minutes(15)
    assert kept_for("ROOM", date(2027, 3, 9), later) is None
    assert {each.code for each in spaces_that_release([MONDAY], later)} == {"ROOM", "DESK-1"}
    assert {each.code for each in spaces_that_release([date(2027, 3, 9)], later)} == {"DESK-1"}

"""Changes as JSON: a plan that was stored reads as the change that it is, and is written as it was read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.rules.bookings.fields import BookingRequest
from models.rules.changes.claims import Claim
from models.rules.changes.closing import Close
from models.rules.changes.hours import SetHours, WeekRow
from models.rules.changes.limits import SetLimit
from models.rules.changes.outages import Break, Mend
from models.rules.changes.reading import read_changes, written
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SetCapacity, SetPolicy, SetUse
from models.rules.refusals import BadRequest
from models.rules.values import Scope

MONDAY, FRIDAY = date(2027, 3, 8), date(2027, 3, 12)
ROOM, FLOOR, ZONE = Scope("space", "VZ-104"), Scope("floor", "F1"), Scope("zone", "Z1-VER")
NINE, TEN = datetime(2027, 3, 22, 8, tzinfo=UTC), datetime(2027, 3, 22, 9, tzinfo=UTC)
STORED = {
    "a ceiling": (
        {"scope": "space:VZ-104", "set": {"capacity": 5}, "from": "2027-03-08"},
        SetCapacity(ROOM, 5, first=MONDAY),
    ),
    "a ceiling lifted": ({"scope": "space:VZ-104", "set": {"capacity": None}}, SetCapacity(ROOM, None)),
    "layouts": (
        {"scope": "space:VZ-104", "set": {"capacities": {"theatre": 20, "ushape": None}}},
        SetCapacity(ROOM, capacities={"theatre": 20, "ushape": None}),
    ),
    "rules of a space": (
        {
            "scope": "space:VZ-104",
            "set": {
                "max_minutes": 60,
                "approval_role": None,
                "fire_max": None,
                "default_layout": "circle",
                "accessible": True,
            },
        },
        SetPolicy(
            ROOM,
            {
                "max_minutes": 60,
                "default_layout": "circle",
                "approval_role": None,
                "accessible": True,
                "fire_max": None,
            },
        ),
    ),
    "out of use": (
        {"scope": "space:VZ-104", "set": {"active": False}, "from": "2027-03-08", "to": "2027-03-12"},
        SetUse(ROOM, False, first=MONDAY, last=FRIDAY),
    ),
    "out of order": (
        {"scope": "space:VZ-104", "set": {"out_of_service": ["scherm", "ventilation"]}},
        Break(ROOM, ("scherm", "ventilation")),
    ),
    "no lift": (
        {"scope": "building:AC", "set": {"out_of_service": ["lift"]}, "to": "2027-03-12"},
        Break(Scope("building", "AC"), ("lift",), last=FRIDAY),
    ),
    "it works again": (
        {"scope": "building:AC", "set": {"in_service": ["lift"]}},
        Mend(Scope("building", "AC"), ("lift",)),
    ),
    "a limit": ({"scope": "floor:F1", "set": {"max_persons": 40}}, SetLimit(FLOOR, 40)),
    "no limit": ({"scope": "zone:Z1-VER", "set": {"max_persons": None}}, SetLimit(ZONE, None)),
    "hours": (
        {
            "scope": "zone:Z1-VER",
            "set": {
                "hours": [
                    {
                        "weekday": 6,
                        "opens": "08:00",
                        "closes": "24:00",
                        "kind": "public",
                        "week_of_month": 1,
                        "label": "Markt",
                    }
                ]
            },
        },
        SetHours(ZONE, (WeekRow(6, 480, 1440, "public", 1, "Markt"),)),
    ),
    "no hours of its own": ({"scope": "zone:Z1-VER", "set": {"hours": []}}, SetHours(ZONE, ())),
    "a closing day": (
        {
            "scope": "organisation:GEM",
            "set": {"closure": {"names": {"fr": "Pont"}, "kind": "bridging_day", "name": "Brug"}},
            "from": "2027-03-08",
            "to": "2027-03-08",
        },
        Close(
            Scope("organisation", "GEM"),
            {"nl": "Brug", "fr": "Pont"},
            "bridging_day",
            organisations=frozenset({"GEM"}),
            first=MONDAY,
            last=MONDAY,
        ),
    ),
    "a half day of everybody": (
        {
            "scope": "building:AC",
            "set": {"closure": {"names": {}, "kind": "half_day", "opens": "08:00", "closes": "12:00", "name": "Feest"}},
        },
        Close(Scope("building", "AC"), {"nl": "Feest"}, "half_day", 480, 720),
    ),
    "a rule": (
        {"scope": "rule:R16", "set": {"mode": "enforce", "parameter": "48", "applies_to": ["F1", "Z1-VER"]}},
        SetRule(Scope("rule", "R16"), {"mode": "enforce", "parameter": "48", "applies_to": ["F1", "Z1-VER"]}),
    ),
    "a claim": (
        {
            "scope": "space:VZ-104",
            "set": {
                "claim": {
                    "precedence": "COLLEGE",
                    "attendees": 7,
                    "title": "College",
                    "on_behalf_of": "hugo",
                    "exclusive": True,
                    "start": "2027-03-22T08:00:00+00:00",
                    "end": "2027-03-22T09:00:00+00:00",
                    "equipment": ["scherm"],
                }
            },
        },
        Claim(
            ROOM,
            "COLLEGE",
            BookingRequest(
                "VZ-104",
                NINE,
                TEN,
                attendees=7,
                title="College",
                on_behalf_of="hugo",
                exclusive=True,
                equipment=("scherm",),
            ),
        ),
    ),
}


@pytest.mark.parametrize("sort", STORED)
def test_a_stored_plan_of_every_sort_reads_as_the_change_it_is_and_is_written_as_it_was(sort):
    raw, change = STORED[sort]
    assert read_changes([raw]) == (change,)
    assert written([change]) == [raw]


def test_what_a_program_leaves_out_is_as_is_usual():
    raw = [
        {"scope": "organisation:GEM", "set": {"closure": {"name": "Feest", "opens": "08:00", "closes": "12:00"}}},
        {
            "scope": "zone:Z1-VER",
            "set": {
                "hours": [{"weekday": 1, "opens": "08:00", "closes": "16:00", "kind": "staff_access", "label": " "}]
            },
        },
    ]
    closing, week = read_changes(raw)
    assert (closing.kind, week.rows) == ("half_day", (WeekRow(1, 480, 960, "staff_access"),))


def test_all_that_is_said_of_one_place_is_one_change_to_read_and_some_to_make():
    raw = [
        {
            "scope": "space:VZ-104",
            "set": {"capacity": 3, "max_minutes": 60, "active": False, "hours": []},
            "from": "2027-03-08",
        },
        {"scope": "space:VZ-104", "set": {"capacity": 4}},
    ]
    changes = read_changes(raw)
    assert [type(each) for each in changes] == [SetCapacity, SetPolicy, SetUse, SetHours, SetCapacity]
    assert written(changes) == raw


def test_what_is_made_in_another_order_stays_in_it():
    layout, usual = SetCapacity(ROOM, capacities={"circle": 7}), SetPolicy(ROOM, {"default_layout": "circle"})
    assert len(written([layout, usual])) == 1
    assert len(written([usual, layout])) == 2
    for changes in ((layout, usual), (usual, layout)):
        assert read_changes(written(changes)) == changes


def test_what_no_version_stored_names_its_place():
    with pytest.raises(BadRequest) as no:
        read_changes([{"scope": "floor:F1", "set": {"max_persons": 4}}, {"scope": "floor:F1", "set": {"colour": 3}}])
    assert (no.value.field, no.value.code) == ("changes.1.set.colour", "not_known_here")

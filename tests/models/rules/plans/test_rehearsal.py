"""The last weeks asked once more: what a rule would have refused, beside what stood by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from models.rules.changes.reading import read_changes
from models.rules.house.house import Rule
from models.rules.house.quota import Quota
from models.rules.people.discretion import Booked
from models.rules.plans.rehearsal import replay, replayable
from tests.models.rules.builders import ALWAYS, ANN, MONDAY, at, during, house, person

BOB = person("bob")
PEOPLE = {"ann": ANN, "bob": BOB}
FIRST = MONDAY - timedelta(days=7)
TODAY = MONDAY + timedelta(days=30)


def past(
    number: int, space: str, start: str, end: str, attendees: int | None = None, *, who=ANN, asked: int = 0, **more
) -> Booked:
    """A booking that took place. `asked`: which minute of that day long ago it was asked in."""
    kind = {"DESK": "desk", "BOOT": "booth", "OPEN": "meeting_space"}.get(space[:4], "meeting_room")
    layout = {"desk": "desk", "booth": "interview", "meeting_space": "informal"}.get(kind, "boardroom")
    made = at("2027-03-01T08:00") + timedelta(minutes=asked)
    return Booked(
        number,
        space,
        kind,
        during(start, end),
        status="completed",
        attendees=attendees,
        persons=attendees or 1,
        layout=layout,
        exclusive=kind != "meeting_space",
        organisation="GEM",
        privacy="title",
        title=None,
        organiser=who.username,
        booked_by=who.username,
        created_at=made,
        **more,
    )


def would_refuse(where, change: dict, *bookings: Booked) -> list[tuple[int, set[str]]]:
    changes = replayable(read_changes([change]), FIRST)
    found = replay(bookings, PEOPLE, where, changes, FIRST)
    return [(each.booking.id, {reason.code for reason in each.reasons}) for each in found.refused]


def test_a_rule_that_only_warned_would_have_refused_who_came_with_too_few():
    where = house({"ROOM": {"min_attendees": 4}}, rules=[Rule("R07", severity="warn")])
    few, many = past(1, "ROOM", "09:00", "10:00", 2), past(2, "ROOM", "11:00", "12:00", 6)
    assert would_refuse(where, {"scope": "rule:R07", "set": {"mode": "enforce"}}, few, many) == [(1, {"few_people"})]


def test_whoever_asked_first_keeps_the_floor_and_the_last_is_refused():
    rooms = [
        past(1, "LEFT", "09:00", "10:00", 5, asked=2),
        past(2, "ROOM", "09:00", "10:00", 5, asked=1),
        past(3, "RIGHT", "09:30", "10:30", 5, who=BOB, asked=3),
        past(4, "ROOM", "10:00", "11:00", 5, asked=9),
    ]
    assert would_refuse(house(), {"scope": "floor:F1", "set": {"max_persons": 10}}, *rooms) == [(3, {"floor_full"})]


def test_what_is_refused_leaves_its_place_to_those_who_came_later():
    large, small = past(1, "LEFT", "09:00", "10:00", 9, asked=1), past(2, "ROOM", "09:00", "10:00", 5, asked=2)
    assert would_refuse(house(), {"scope": "floor:F1", "set": {"max_persons": 8}}, large, small) == [
        (1, {"floor_full"})
    ]


def test_what_the_house_refused_anyway_is_nothing_new():
    """Somebody once set the rule aside for it."""
    above = past(1, "ROOM", "09:00", "10:00", 14)
    assert would_refuse(house(), {"scope": "space:ROOM", "set": {"capacity": 5}}, above) == []


def test_each_is_asked_when_it_was_asked_not_today():
    where = house({"ROOM": {"advance_days": 30}})
    early, late = past(1, "ROOM", "2027-03-20T09:00", "10:00", 4), past(2, "ROOM", "2027-03-03T09:00", "10:00", 4)
    assert would_refuse(where, {"scope": "space:ROOM", "set": {"advance_days": 7}}, early, late) == [
        (1, {"too_far_ahead"})
    ]


def test_a_quota_counts_what_stood_in_that_week_by_then():
    days = [
        past(number, f"DESK-{1 + number % 2}", f"2027-03-{8 + number:02}T07:00", "12:30", asked=number)
        for number in range(4)
    ]
    lower = {"scope": "rule:R17", "set": {"parameter": "2"}}
    assert would_refuse(house(), lower, *days) == [(2, {"quota_reached"}), (3, {"quota_reached"})]
    assert would_refuse(house(), lower, *(each._replace(organiser=("ann", "bob")[each.id % 2]) for each in days)) == []


def test_the_collective_budget_of_an_organisation_is_counted_over_all_its_people():
    budget = Quota("organisation", "GEM", "meeting_room", "hours", "week", 2, ALWAYS)
    meetings = [
        past(number, "ROOM", f"2027-03-{8 + number:02}T09:00", "10:00", 4, who=(ANN, BOB)[number % 2], asked=number)
        for number in range(3)
    ]
    where = replace(house(), quotas=(budget,), rules={"R17": ((ALWAYS, Rule("R17", mode="off")),)})
    assert would_refuse(where, {"scope": "rule:R17", "set": {"mode": "enforce"}}, *meetings) == [(2, {"quota_reached"})]


def test_bookings_before_the_first_day_stand_there_and_are_not_asked():
    changes = replayable(read_changes([{"scope": "space:ROOM", "set": {"capacity": 1}}]), MONDAY)
    before, after = past(1, "ROOM", "2027-03-05T09:00", "10:00", 4), past(2, "ROOM", "09:00", "10:00", 4)
    found = replay([before, after], PEOPLE, house(), changes, MONDAY)
    assert (found.looked_at, [each.booking.id for each in found.refused]) == (1, [2])
    assert found.by_code == [("too_many_people", 1)]


@pytest.mark.parametrize(
    "change",
    [
        {"scope": "organisation:GEM", "set": {"closure": {"name": "Verhuis"}}, "from": "2027-06-01"},
        {"scope": "building:AC", "set": {"in_service": ["lift"]}},
    ],
)
def test_a_closing_day_and_what_is_mended_cannot_be_rehearsed(change):
    assert replayable(read_changes([change]), FIRST) == ()

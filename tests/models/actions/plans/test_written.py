"""What a plan imagines is what it writes: the same house on the day, the day after and later, whatever was changed."""

from __future__ import annotations

from datetime import date

import pytest

from models.actions.bookings.book import book
from models.actions.plans.apply_plan import apply_plan
from models.actions.plans.make_plan import make_plan
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.queries.plan_moves import moves_of
from models.queries.plans import counts_of
from models.rules.changes.checking import BadChanges, checked
from models.rules.changes.limits import SetLimit
from models.rules.changes.reading import read_changes
from models.rules.house.house import House
from models.rules.people.person import By
from models.rules.times.interval import civil_day
from models.rules.values import Scope
from tests.cast import ANN, BRAM, FARID, KAAT, NORA, NOW, ask
from tests.changing import put

MONDAY, TUESDAY, LATER = "2027-03-08", "2027-03-09", "2027-03-12"
DAYS = [date(2027, 3, day) for day in (3, 7, 8, 9, 10, 12, 13, 31)]
WEEK = [{"weekday": day, "opens": "08:00", "closes": "16:00", "kind": "staff_access"} for day in range(1, 6)]
SPACES = ("VZ-104", "VZ-101", "VZ-101-102", "SK-05", "WP-1BUR-01", "WP-1BUR-02", "OR-04")

CHANGES = {
    "a ceiling": {"scope": "space:VZ-104", "set": {"capacity": 5}},
    "layouts": {"scope": "space:VZ-101", "set": {"capacities": {"theatre": 20, "ushape": None}}},
    "rules of a space": {"scope": "space:VZ-104", "set": {"max_minutes": 60, "buffer_after": 15, "fire_max": 7}},
    "out of use": {"scope": "space:VZ-101", "set": {"active": False}},
    "out of order": {"scope": "space:SK-05", "set": {"out_of_service": ["panic_button", "ventilation"]}},
    "no lift": {"scope": "building:AC", "set": {"out_of_service": ["lift"]}},
    "a limit": {"scope": "floor:F1", "set": {"max_persons": 40}},
    "no limit": {"scope": "zone:Z1-VER", "set": {"max_persons": None}},
    "hours": {"scope": "zone:Z1-VER", "set": {"hours": WEEK}},
    "hours of one space": {"scope": "space:VZ-104", "set": {"hours": WEEK[:2], "capacity": 3}},
    "a closing day": {"scope": "organisation:GEM", "set": {"closure": {"name": "Brug"}}},
    "a half day": {"scope": "building:AC", "set": {"closure": {"name": "Feest", "opens": "08:00", "closes": "12:00"}}},
    "a rule": {"scope": "rule:R09", "set": {"parameter": "50"}},
    "a rule that only warns": {"scope": "rule:R10", "set": {"mode": "warn"}},
}


def person(username: str):
    return person_by_username(username)


def booked(who: str, space: str, start: str = "09:00", end: str = "10:00", day: str = MONDAY, **more) -> int:
    return book(ask(space, f"{day}T{start}", end, **more), person(who), NOW).bookings[0].id


def plan(*raw: dict, who: str = FARID, **more) -> int:
    return make_plan(read_changes(raw), "works", By(person(who), NOW), **more)


def everything(house: House) -> list:
    """All that the changes above may touch, day by day."""
    kinds = ("staff_access", "public", "after_hours", "protected_break")
    return [
        (
            day,
            [_rules(house, space, day) for space in SPACES],
            [
                house.limit(scope, code, day)
                for scope, code in (("floor", "F1"), ("zone", "Z1-VER"), ("building", "AC"))
            ],
            [
                house.hours.stretches(house.policy(space, day).scopes, civil_day(day, house.zone), (kind,))
                for space in SPACES
                for kind in kinds
            ],
            sorted(
                (each.day, each.kind, each.opens, each.closes, sorted(each.organisations))
                for each in house.closures
                if each.day == day
            ),
            [(house.rule(code, day).in_force, house.rule(code, day).parameter) for code in ("R10", "R09")],
        )
        for day in DAYS
    ]


def _rules(house: House, space: str, day: date) -> tuple:
    policy = house.policy(space, day)
    return tuple(getattr(policy, name) for name in policy.__slots__ if name not in ("valid_from", "reason"))


@pytest.mark.parametrize("days", [{"from": MONDAY}, {"from": MONDAY, "to": LATER}], ids=["for good", "for a while"])
@pytest.mark.parametrize("what", CHANGES)
def test_what_is_imagined_is_what_is_written(demo, what, days):
    put(SetLimit(Scope("floor", "F1"), 70, first=date(2027, 3, 10)), who=NORA, reason="planned")
    house, raw = the_house(), [CHANGES[what] | days]
    _changes, meant = checked(read_changes(raw), house, By(person(FARID), NOW), "works")
    number = plan(*raw)
    apply_plan(number, By(person(FARID), NOW))
    assert everything(the_house()) == everything(meant) != everything(house)


def test_a_closed_organisation_has_no_place_anywhere_and_is_told_so_once(demo):
    meeting, partner = booked(ANN, "VZ-104", attendees=6), booked(KAAT, "VZ-001", "14:00", "15:00", attendees=9)
    number = plan({"scope": "organisation:GEM", "set": {"closure": {"name": "Brug"}}, "from": MONDAY})
    [move] = moves_of(number)
    assert (move.booking.id, move.to_space) == (meeting, None)
    assert {each.code for each in (*move.reasons, *move.hurdles)} == {"organisation_closed"}
    assert bookings_by_id([partner])


def test_shorter_hours_of_a_zone_send_its_evening_people_elsewhere(demo):
    late, early = booked(ANN, "VZ-104", "16:30", "17:30", attendees=6), booked(BRAM, "VZ-104", attendees=6)
    number = plan({"scope": "zone:Z1-VER", "set": {"hours": WEEK}, "from": MONDAY})
    [move] = moves_of(number)
    assert move.booking.id == late != early
    assert the_house().spaces[move.to_space].zone != "Z1-VER"


def test_half_of_the_desks_send_whoever_sits_at_the_others_to_them(demo):
    sitting = {desk: booked(who, desk, "07:00", "12:30") for desk, who in (("WP-1BUR-01", ANN), ("WP-1BUR-02", BRAM))}
    number = plan({"scope": "rule:R09", "set": {"parameter": "desk=50"}, "from": MONDAY}, who=NORA)
    [move] = moves_of(number)
    assert move.booking.id in sitting.values()
    assert move.reasons[0].rule == "R09"
    house, day = the_house(), date(2027, 3, 8)
    assert house.spaces[move.to_space].zone == "Z1-BUR"
    apply_plan(number, By(person(NORA), NOW))
    assert the_house().policy(move.to_space, day).places("desk").limit == 1


def test_whoever_did_not_say_how_many_come_keeps_as_many_places(demo):
    unknown = booked(ANN, "VZ-103")  # twelve, for all anybody knows
    number = plan({"scope": "space:VZ-103", "set": {"active": False}, "from": MONDAY})
    [move] = moves_of(number)
    assert move.booking.id == unknown
    assert the_house().policy(move.to_space, date(2027, 3, 8)).places(move.layout).limit >= 12


def test_progress_is_told_and_never_goes_back(demo):
    for hour in range(8, 12):
        booked(ANN, "VZ-104", f"{hour:02}:00", f"{hour:02}:45", attendees=6)
        booked(ANN, "VZ-104", f"{hour:02}:00", f"{hour:02}:45", day=TUESDAY, attendees=6)
    heard = []
    number = plan(
        {"scope": "space:VZ-104", "set": {"active": False}, "from": MONDAY},
        progress=lambda done, of: heard.append((done, of)),
    )
    assert counts_of([number])[number].moved == 8
    assert heard == sorted(heard)
    assert heard[-1] == (8, 8)
    assert len(heard) > 2


def test_a_preview_costs_a_query_a_day_not_one_for_each_booking(demo, counted_queries):
    def cost() -> int:
        with counted_queries() as counted:
            plan({"scope": "space:VZ-104", "set": {"active": False}, "from": MONDAY})
        return counted.number

    booked(ANN, "VZ-104", "08:00", "08:45", attendees=6)
    few = cost()
    for hour in range(9, 14):
        booked(ANN, "VZ-104", f"{hour:02}:00", f"{hour:02}:45", attendees=6)
    assert cost() <= few + 5  # the moves themselves, written one by one on SQLite


def test_two_changes_of_one_plan_are_checked_one_upon_the_other(demo):
    layout = {"scope": "space:VZ-104", "set": {"capacities": {"circle": 7}}, "from": MONDAY}
    usual = {"scope": "space:VZ-104", "set": {"default_layout": "circle"}, "from": MONDAY}
    with pytest.raises(BadChanges) as wrong:
        plan(usual, layout)
    [(number, fault)] = wrong.value.faults
    assert (number, fault.field, fault.code) == (0, "default_layout", "layout_without_places")
    assert plan(layout, usual)

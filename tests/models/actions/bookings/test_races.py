"""Races by real processes on real databases: whoever comes first wins, and no limit is passed at any instant."""

from __future__ import annotations

import pytest

from models.queries.bookings import bookings_page
from models.queries.house import the_house
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.changes.limits import SetLimit
from models.rules.presence.headcount import Presence, peak
from models.rules.times.interval import Interval
from models.rules.values import Scope
from tests.cast import ANN, BRAM, DORA, ELS, JEF, at
from tests.changing import put
from tests.models.actions.racing import book_move_and_cancel, race, try_to_book

DAY_START, DAY_END = "2027-03-08T00:00", "2027-03-09T00:00"
ROOMS = ["VZ-101", "VZ-102", "VZ-101-102", "VZ-103", "VZ-104", "VZ-105", "OR-06", "VZ-203"]
OFFICES = [
    ANN,
    BRAM,
    DORA,
    ELS,
    JEF,
    "consulent.werkwinkel.02",
    "medewerker.burgerzaken.03",
    "medewerker.burgerzaken.04",
]


def standing():
    return [each for each in bookings_page(limit=10_000) if each.status in HOLDS_PLACE]


def test_of_forty_who_want_one_slot_one_gets_it_and_the_others_hear_what_else_is_free(demo_app, demo_url):
    outcomes = race(demo_url, try_to_book, [(OFFICES[n % 8], "VZ-104", "09:00", "10:00", 6) for n in range(40)])
    assert outcomes.count("booked") == 1
    others = [each for each in outcomes if each != "booked"]
    assert all("space_taken" in codes and alternatives == 3 for codes, alternatives in others)
    with demo_app.test_request_context():
        assert len(standing()) == 1


def test_a_floors_limit_is_met_exactly_by_people_of_three_organisations_at_once(demo_app, demo_url):
    with demo_app.test_request_context():
        put(SetLimit(Scope("floor", "F1"), 50))
    tries = [
        (OFFICES[n % 8], room, start, end, people)
        for n, (room, people) in enumerate(
            [
                ("VZ-101", 12),
                ("VZ-102", 12),
                ("VZ-103", 12),
                ("VZ-104", 8),
                ("VZ-105", 6),
                ("VZ-106", 4),
                ("OR-06", 9),
                ("KH-01", 9),
            ]
        )
        for start, end in (("09:00", "09:30"), ("09:15", "09:45"))
    ]
    outcomes = race(demo_url, try_to_book, tries)
    assert 0 < outcomes.count("booked") < len(tries)
    with demo_app.test_request_context():
        house, day = the_house(), _monday()
        present = [Presence(each.during, each.persons) for each in standing() if house.spaces[each.space].floor == "F1"]
        assert present
        assert peak(present, day) <= 50


@pytest.mark.parametrize("seed", [1, 2])
def test_a_restless_crowd_leaves_no_overlap_and_no_limit_passed(demo_app, demo_url, seed):
    with demo_app.test_request_context():
        for scope, code, most in (("zone", "Z1-VER", 40), ("floor", "F1", 45), ("building", "AC", 60)):
            put(SetLimit(Scope(scope, code), most))
    crowd = [(who, ROOMS, seed * 100 + n, 25) for n, who in enumerate(OFFICES)]
    outcomes = [outcome for each in race(demo_url, book_move_and_cancel, crowd) for outcome in each]
    assert {"book", "move", "cancel", "Refused"} <= set(outcomes)
    with demo_app.test_request_context():
        _assert_nobody_sits_on_anothers_lap()


def _monday():
    return Interval(at(DAY_START), at(DAY_END))


def _assert_nobody_sits_on_anothers_lap() -> None:
    house, bookings = the_house(), standing()
    assert bookings
    for one in bookings:
        for other in bookings:
            meets = house.leaves_taken_by(one.space) & house.leaves_taken_by(other.space)
            if one.id < other.id and meets and (one.exclusive or other.exclusive):
                assert not one.during.overlaps(other.during), (one, other)
    for scope, code in (("zone", "Z1-VER"), ("floor", "F1"), ("building", "AC")):
        present = [
            Presence(each.during, each.persons) for each in bookings if getattr(house.spaces[each.space], scope) == code
        ]
        assert peak(present, _monday()) <= house.limit(scope, code, at(DAY_START).date())

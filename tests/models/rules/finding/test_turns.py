"""In which turn requests are answered: by day, then by category, then who came first."""

from __future__ import annotations

import pytest

from models.rules.bookings.fields import Caller
from models.rules.finding.turns import asked_for_beside, category_of, in_turn
from models.rules.people.callers import stand_in
from models.rules.people.discretion import Booked
from tests.models.rules.builders import ANN, KAAT, at, during, house, person

HOUSE = house()
LIEN = person("lien", "VER", "resident")
PEOPLE = {each.username: each for each in (ANN, KAAT, LIEN)}


def request(
    number: int, who: str, asked: str, space: str = "ROOM", start: str = "09:00", end: str = "10:00", uid: str = ""
) -> Booked:
    return Booked(
        number,
        space,
        "meeting_room",
        during(start, end),
        uid=uid or f"u{number}",
        organisation="GEM",
        privacy="title",
        title=None,
        layout="boardroom",
        persons=1,
        organiser=who,
        booked_by=who,
        created_at=at(asked),
        status="pending",
    )


@pytest.mark.parametrize(
    ("who", "category"),
    [
        (ANN, "inside"),
        (KAAT, "association"),
        (LIEN, "resident"),
        (stand_in(Caller("Wim", "De Zon"), "VER", HOUSE), "association"),
        (stand_in(Caller("Wim"), "VER", HOUSE), "resident"),
        (person("both", roles="staff association"), "inside"),
        (person("two", roles="resident association"), "association"),
    ],
)
def test_whoever_asks_belongs_to_one_category(who, category):
    assert category_of(who) == category


def test_requests_are_answered_by_day_then_by_category_then_who_came_first():
    asked = [
        request(1, "lien", "2027-03-01T08:00"),
        request(2, "kaat", "2027-03-01T23:30"),
        request(3, "ann", "2027-03-01T09:00"),
        request(4, "kaat", "2027-03-01T07:00"),
        request(5, "ann", "2027-02-28T23:59"),
        request(6, "ann", "2027-03-02T00:01"),
    ]
    assert [each.id for each in in_turn(asked, PEOPLE, HOUSE)] == [5, 3, 4, 2, 1, 6]


def test_another_request_for_the_same_place_that_day_is_named_and_others_are_not():
    mine = request(1, "kaat", "08:00", "LEFT")
    others = [
        mine,
        request(2, "kaat", "08:00", "LEFT", "14:00", "15:00"),
        request(3, "lien", "08:00", "LEFT-RIGHT", "11:00", "12:00"),  # it takes LEFT too
        request(4, "ann", "08:00", "RIGHT", "11:00", "12:00"),  # beside it, not the same place
        request(5, "ann", "08:00", "LEFT", "2027-03-09T09:00", "10:00"),  # another day
        request(6, "kaat", "08:00", "LEFT", "16:00", "17:00", uid="u1"),
    ]  # its own series
    assert [each.id for each in asked_for_beside(mine, others, HOUSE)] == [3, 2]

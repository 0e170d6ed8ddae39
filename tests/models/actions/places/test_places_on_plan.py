"""What lies where on a floor: moved all at once or not at all, and never over somebody else's move."""

from __future__ import annotations

import pytest

from models.actions.places.create_space import create_space
from models.actions.places.place_on_plan import place_on_plan
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.changes.place_wishes import SpaceWish
from models.rules.house.floor_plan import Remark, free_spot, mark_of, remarks_on, things_on
from models.rules.house.house import Rectangle
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from tests.cast import ANN, FARID, INES, NORA, NOW

pytestmark = pytest.mark.usefixtures("demo")

VZ_101, VZ_106, ZONE = ("space", "VZ-101"), ("space", "VZ-106"), ("zone", "Z1-VER")


def place(placing, who: str = FARID, floor: str = "F1", seen: str | None = None) -> int:
    return place_on_plan(floor, placing, person_by_username(who), NOW, seen=seen or mark_of(the_house(), floor))


def drawn(space: str) -> Rectangle | None:
    return the_house().spaces[space].rectangle


def test_many_things_are_moved_at_once_in_steps_of_five_centimetres():
    assert place({VZ_101: Rectangle(16.02, 0.18, 5, 9.99), ZONE: Rectangle(16, 0, 20, 10.5)}) == 2
    assert drawn("VZ-101") == Rectangle(16.0, 0.2, 5.0, 10.0)
    assert the_house().zones["Z1-VER"].rectangle == Rectangle(16, 0, 20, 10.5)


def test_what_stays_where_it_is_counts_as_nothing():
    before = drawn("VZ-106")  # 3.52 wide: drawn between the steps
    assert place({VZ_101: drawn("VZ-101"), VZ_106: before}) == 0
    assert drawn("VZ-106") == before


def test_a_thing_leaves_the_plan_and_comes_back():
    assert place({VZ_101: None}) == 1
    assert drawn("VZ-101") is None
    assert place({VZ_101: Rectangle(17, 1, 3, 3)}) == 1
    assert drawn("VZ-101") == Rectangle(17, 1, 3, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        Rectangle(-0.1, 0, 3, 3),
        Rectangle(198, 0, 3, 3),
        Rectangle(0, 199, 3, 3),
        Rectangle(0, 0, 0, 3),
        Rectangle(0, 0, 3, 0.01),
        Rectangle(0, 0, 3, 201),
        Rectangle(float("nan"), 0, 3, 3),
        Rectangle(0, float("inf"), 3, 3),
    ],
)
def test_a_rectangle_outside_the_plan_is_refused_and_nothing_else_is_moved_either(wrong):
    before = drawn("VZ-106")
    with pytest.raises(BadRequest) as no:
        place({VZ_106: Rectangle(1, 1, 2, 2), VZ_101: wrong})
    assert no.value.field == "space:VZ-101"
    assert drawn("VZ-106") == before


@pytest.mark.parametrize("thing", [("space", "VZ-201"), ("zone", "Z0-HAL"), ("space", "VZ-999"), ("floor", "F1")])
def test_a_floor_holds_only_what_lies_on_it(thing):
    with pytest.raises(BadRequest) as no:
        place({thing: Rectangle(1, 1, 2, 2)})
    assert no.value.code == "not_on_this_floor"


def test_the_second_of_two_editors_overwrites_nothing():
    seen = mark_of(the_house(), "F1")
    place({VZ_106: Rectangle(1, 1, 2, 2)}, seen=seen)
    with pytest.raises(Refused) as no:
        place({VZ_101: Rectangle(1, 1, 2, 2)}, seen=seen)
    assert no.value.refusals[0].code == "changed_meanwhile"
    assert drawn("VZ-101") != Rectangle(1, 1, 2, 2)
    place({("space", "VZ-201"): None}, floor="F2")
    assert place({VZ_101: Rectangle(3, 1, 2, 2)}) == 1  # another floor stands in nobody's way


def test_a_partners_administrator_moves_its_own_spaces_and_no_zone():
    assert place({("space", "SK-08"): Rectangle(1, 13, 2, 2)}, INES, "F0") == 1
    for who, thing in (
        (INES, ("space", "SK-05")),
        (INES, ("zone", "Z0-CAW")),
        (ANN, ("space", "SK-08")),
        (NORA, ("space", "SK-08")),
    ):
        with pytest.raises(NotAllowed):
            place({thing: Rectangle(1, 13, 2, 2)}, who, "F0")
    with pytest.raises(NotFound):
        place({}, floor="F9", seen="x")


def test_overlap_and_outside_its_zone_are_remarked_on_but_a_composite_may_cover_its_parts():
    assert remarks_on(the_house(), "F1") == []
    place(
        {
            VZ_106: Rectangle(16.5, 0.5, 2, 2),
            ("space", "VZ-105"): Rectangle(40, 40, 2, 2),
            ("space", "VZ-101-102"): Rectangle(16.15, 0.15, 12.7, 9.7),
        }
    )
    found = remarks_on(the_house(), "F1")
    assert Remark("overlaps", "VZ-101", "VZ-106") in found or Remark("overlaps", "VZ-106", "VZ-101") in found
    assert Remark("outside", "VZ-105", "Z1-VER") in found
    assert not any({each.thing, each.other} == {"VZ-101", "VZ-101-102"} for each in found)


def test_a_new_space_is_not_yet_placed_and_a_free_spot_is_found_for_it():
    code = create_space(SpaceWish({"nl": "De Geul"}, "meeting_room", "Z1-VER"), person_by_username(FARID), NOW)
    house = the_house()
    assert ("space", code) in things_on(house, "F1")
    assert house.spaces[code].rectangle is None
    taken = [space.rectangle for space in house.spaces.values() if space.floor == "F1" and space.rectangle]
    x, y = free_spot(house.zones["Z1-VER"].rectangle, taken, 2, 2)
    place({("space", code): Rectangle(x, y, 2, 2)})
    assert remarks_on(the_house(), "F1") == []

"""Rectangles on a floor: what lies over what, and where there is room for something new."""

from __future__ import annotations

import pytest

from models.rules.house.floor_plan import Grid, check_rectangle, free_spot, grained, overlap, written
from models.rules.house.house import Rectangle
from models.rules.refusals import BadRequest

ZONE = Rectangle(10, 10, 10, 6)


@pytest.mark.parametrize(
    ("other", "lies_over"),
    [
        (Rectangle(2, 0, 2, 2), False),  # side by side
        (Rectangle(1.97, 0, 2, 2), False),  # closer than the plan's steps can say
        (Rectangle(1.9, 0, 2, 2), True),
        (Rectangle(0.5, 0.5, 1, 1), True),  # within
        (Rectangle(0, 2, 2, 2), False),
    ],
)
def test_to_touch_is_not_to_overlap(other, lies_over):
    assert overlap(Rectangle(0, 0, 2, 2), other) is overlap(other, Rectangle(0, 0, 2, 2)) is lies_over


@pytest.mark.parametrize(
    ("taken", "size", "spot"),
    [
        ([], (2, 2), (10.25, 10.25)),
        ([Rectangle(10, 10, 3, 3)], (2, 2), (13.25, 10.25)),  # beside it
        ([Rectangle(10, 10, 9, 3)], (2, 2), (10.25, 13.25)),  # below it
        ([Rectangle(10, 10, 10, 6)], (2, 2), (10.25, 10.25)),  # no room: the zone's corner
        ([Rectangle(0, 0, 5, 5)], (2, 2), (10.25, 10.25)),  # elsewhere: in nobody's way
        ([], (30, 2), (10.25, 10.25)),
    ],
)
def test_a_new_thing_goes_to_the_first_spot_where_it_lies_over_nothing(taken, size, spot):
    assert free_spot(ZONE, taken, *size) == spot


def test_many_new_things_find_room_beside_one_another_quickly():
    taken: list[Rectangle] = []
    for _number in range(60):
        taken.append(Rectangle(*free_spot(Rectangle(0, 0, 40, 20), taken, 1.6, 0.9), 1.6, 0.9))
    assert not any(overlap(one, other) for at, one in enumerate(taken) for other in taken[at + 1 :])


def test_a_grid_lays_rows_with_the_same_gap_both_ways():
    assert [(place.x, place.y) for place in Grid(1, 2, 1.6, 0.9, 2, 0.4).rectangles(3)] == [(1, 2), (3, 2), (1, 3.3)]


@pytest.mark.parametrize(("metres", "rounded"), [(1.02, 1.0), (1.03, 1.05), (2.68, 2.7), (0, 0), (199.99, 200.0)])
def test_the_plan_is_drawn_in_steps_of_five_centimetres(metres, rounded):
    assert grained(metres) == rounded


def test_a_rectangle_is_written_as_short_as_it_can_be():
    assert (written(Rectangle(3.5, 2, 0.05, 10)), written(None)) == ("3.5 2 0.05 10", "")


@pytest.mark.parametrize("wrong", [Rectangle(-1, 0, 1, 1), Rectangle(0, 0, 0.05, 1), Rectangle(199.5, 0, 1, 1)])
def test_nothing_lies_beyond_the_plan(wrong):
    with pytest.raises(BadRequest):
        check_rectangle(wrong)

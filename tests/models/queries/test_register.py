"""The safety register tells every limit there ever was: what, from when, on what ground, by whom."""

from __future__ import annotations

from datetime import date

import pytest

from models.queries.house import the_house
from models.queries.register import register
from models.rules.changes.limits import SetLimit
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SetCapacity
from models.rules.presence.register import Line, Set, lies_between, lines_of
from models.rules.values import ALWAYS, Scope
from tests.cast import NORA, NOW
from tests.changing import put, space

TODAY, LATER = date(2027, 3, 3), date(2027, 4, 1)

pytestmark = pytest.mark.usefixtures("demo")


def told(*places: tuple[str, str]) -> list[tuple]:
    """What was set since the import, the latest first."""
    return [
        (line.what, line.before, line.after, line.valid_from, line.author)
        for line in register(the_house(), places)
        if not line.is_first
    ]


def test_a_limit_a_ceiling_a_layout_and_a_rule_each_leave_a_line():
    put(SetLimit(Scope("floor", "F1"), 100, first=LATER), who=NORA, reason="Stairs", legal_basis="Fire report 2027/3")
    put(SetCapacity(space("VZ-101"), 12, {"theatre": 20}, first=LATER))
    put(SetRule(Scope("rule", "R12"), {"parameter": "16:30"}), who=NORA)
    assert told(("floor", "F1")) == [("max_persons", 190, 100, LATER, "Preventieadviseur")]
    assert told(("space", "VZ-101")) == [
        ("ceiling", None, 12, LATER, "Facilitair Beheerder"),
        ("places.theatre", 48, 20, LATER, "Facilitair Beheerder"),
    ]
    assert told(("rule", "R12")) == [("parameter", "17:00", "16:30", TODAY, "Preventieadviseur")]
    [line] = [each for each in register(the_house(), [("floor", "F1")]) if not each.is_first]
    assert (line.reason, line.legal_basis, line.set_at) == ("Stairs", "Fire report 2027/3", NOW)


def test_what_held_from_the_beginning_stands_there_too_but_not_that_a_desk_has_one_place():
    first = register(the_house())
    assert {("building", "AC"), ("floor", "F1"), ("zone", "Z1-VER"), ("space", "VZ-101"), ("rule", "R02")} <= {
        (line.scope, line.code) for line in first
    }
    assert all(line.is_first and line.valid_from == ALWAYS and line.author is None for line in first)
    assert not any(line.code.startswith("WP-") for line in first)
    assert ("rule", "R01") not in {(line.scope, line.code) for line in first}  # the facility manager's


def test_what_was_set_and_set_again_for_the_same_day_is_not_forgotten():
    put(SetLimit(Scope("floor", "F1"), 100), who=NORA)
    put(SetLimit(Scope("floor", "F1"), 120), who=NORA)
    for parameter in ("50", "100"):
        put(SetRule(Scope("rule", "R09"), {"parameter": parameter}), who=NORA)
    assert [
        (line.after, line.replaced_at) for line in register(the_house(), [("floor", "F1")]) if not line.is_first
    ] == [(120, None), (100, NOW)]
    crisis = [
        (line.what, line.after, line.replaced_at)
        for line in register(the_house(), [("rule", "R09")])
        if not line.is_first
    ]
    assert crisis == [("parameter", "50", NOW)]  # switched on and off on one day: nothing else would tell


def test_the_register_costs_as_many_queries_after_a_hundred_changes(counted_queries):
    def asked() -> int:
        house = the_house()
        with counted_queries() as queries:
            register(house)
        return queries.number

    before = asked()
    for number in range(100):
        put(SetLimit(Scope("floor", "F1"), 100 + number), who=NORA)
    assert asked() <= before + 1  # whoever set them
    assert len([each for each in register(the_house(), [("floor", "F1")]) if each.replaced_at]) == 99


def test_a_row_tells_only_what_it_says_otherwise():
    rows = [
        Set(ALWAYS, {"fire_max": 40, "ceiling": None}, None, None, ""),
        Set(TODAY, {"fire_max": 40, "ceiling": 10}, NOW, "Nora", "Wall"),
        Set(LATER, {"fire_max": 40}, NOW, "Nora", "Wall gone"),
    ]
    assert [(line.what, line.before, line.after) for line in lines_of("space", "A", rows)] == [
        ("fire_max", None, 40),
        ("ceiling", None, 10),
        ("ceiling", 10, None),
    ]


@pytest.mark.parametrize(
    ("first", "last", "lies"),
    [
        (None, None, True),
        (LATER, None, True),
        (None, TODAY, True),  # valid later, set today
        (date(2027, 4, 2), None, False),
        (None, date(2027, 3, 2), False),
        (date(2027, 3, 10), date(2027, 3, 20), False),
    ],
)
def test_a_line_lies_in_a_period_when_it_was_set_or_came_to_hold_then(first, last, lies):
    line = Line("floor", "F1", "max_persons", 190, 100, LATER, NOW, "Nora", "Stairs")
    assert lies_between(line, first, last, TODAY) is lies

"""Whoever works out what is not told can do so: from figures and from whatever else tells, and not from nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest

from tests.attack.looks import Look, Read
from tests.attack.solver import Case, points_gained, reckoned, signs_of, signs_of_two

LOT = Random(7)
ORGANISERS = [LOT.choice("AAABBCDE") for _each in range(200)]
HEADS = [LOT.choice((1, 2, 2, 2, 3, 3, 4, 9)) for _each in range(200)]


def look(words: str = "", persons: tuple[int, int] | None = None, tag: str | None = None) -> Look:
    return {"a page": Read(200, Counter(words.split()), (tag, None), len(words), persons)}


def test_a_name_that_stands_somewhere_is_found():
    cases = [Case("all", None, who, signs_of(look("taken"), look(f"taken by {who}"))) for who in ORGANISERS]
    assert points_gained(cases) > 50


@pytest.mark.parametrize("what", ["tag", "words"])
def test_so_is_a_tag_that_moves_and_a_page_that_grows(what):
    before, moved = look(**{what: "was"}), look(**{what: "is now"})
    cases = [Case("all", None, who in "AB", signs_of(before, before if who in "AB" else moved)) for who in ORGANISERS]
    assert points_gained(cases) > 20


def test_figures_are_reckoned_with():
    cases = []
    for number, heads in enumerate(HEADS):
        before, after = look(persons=(number % 7, number % 7)), look(persons=(number % 7 + heads, number % 7 + heads))
        cases.append(Case("all", None, heads, frozenset(), *reckoned(before, after)))
    assert points_gained(cases) == pytest.approx(100 - 100 * max(map(HEADS.count, HEADS)) / len(HEADS))


@pytest.mark.parametrize(
    ("before", "after", "least", "most"),
    [
        ((3, 3), (5, 5), 2, 2),
        ((0, 0), (1, 4), 1, 4),
        ((1, 4), (5, 9), 1, 8),
        ((1, 4), (1, 4), 0, 3),
        ((10, 14), (20, 24), 6, 14),
    ],
)
def test_steps_leave_what_lies_between_them(before, after, least, most):
    assert reckoned(look(persons=before), look(persons=after)) == (least, most)


def test_handles_that_count_up_are_found_and_such_as_are_drawn_are_not():
    same = [LOT.random() < 0.5 for _each in range(200)]
    counted = [(f"{n:05}0", f"{n:05}1" if is_same else f"{n + 40000:05}1") for n, is_same in enumerate(same)]
    drawn = [tuple(f"{LOT.randrange(10**6):06}" for _each in (0, 1)) for _each in same]
    points = [
        points_gained([Case("all", None, *each) for each in zip(same, map(_signs_of_handles, handles), strict=True)])
        for handles in (counted, drawn)
    ]
    assert points[0] > 40
    assert points[1] <= 5


def _signs_of_handles(handles: Sequence[str]) -> frozenset[str]:
    return signs_of_two([frozenset(), frozenset()], handles)


def test_what_has_nothing_to_do_with_it_is_no_sign():
    cases = [
        Case("all", None, who, frozenset(f"sign {LOT.randrange(9)} {LOT.randrange(30)}" for _each in range(60)))
        for who in ORGANISERS
    ]
    assert points_gained(cases) <= 5

"""What is not told cannot be worked out either: how many come to a talk, who has it, how secret it is, and whether two
are with the same client. Whoever looks each minute guesses hardly better than whoever says what is usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest

from tests.attack.looks import Onlooker
from tests.attack.planted import EVERYBODY
from tests.attack.questions import HEADS, OCMW_ADMIN, questions
from tests.attack.solver import points_gained
from tests.attack.talks import Pair, everybody_else, pairs
from tests.attack.town import quiet_town
from tests.attack.watching import Watched, book_talk, watch
from tests.cast import FARID, GERDA, HUGO, JEF, KAAT, LIEN

SEED = 1
MOST_POINTS = 5
SOME, QUITE_SOME, MANY = 30, 60, 120  # pairs of talks
WITHIN_CHANCE = 2  # standard deviations of whoever throws a coin: of few talks some are guessed by luck


@dataclass(frozen=True)
class Watch:
    pairs: Sequence[Pair]
    watched: Mapping[str, Watched]
    leeway: float  # in deviations


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((SOME, (FARID, JEF, KAAT), WITHIN_CHANCE, False), id="some"),
        pytest.param((MANY, (*sorted(EVERYBODY), OCMW_ADMIN), 0, False), id="everybody", marks=pytest.mark.deep),
        pytest.param((QUITE_SOME, (FARID, JEF, GERDA, HUGO, LIEN), 1, True), id="closely", marks=pytest.mark.deep),
    ],
)
def seen(request, sqlite_shelf, tmp_path_factory) -> Watch:
    number, onlookers, leeway, is_close = request.param
    drawn = pairs(number, SEED)
    with quiet_town(sqlite_shelf, tmp_path_factory.mktemp("mail")) as town:
        with town.app.test_request_context():
            for talk in everybody_else(SEED):
                book_talk(talk, town)
        there = {who: Onlooker(who, town, is_close) for who in onlookers}
        return Watch(drawn, watch(there, drawn, town), leeway)


def test_nobody_works_out_what_they_are_not_told(seen):
    found = {
        f"{question}: {who} of {len(cases)}": points_gained(cases) - seen.leeway * 50 / len(cases) ** 0.5
        for who, watched in seen.watched.items()
        for question, cases in questions(who, watched, seen.pairs).items()
        if cases
    }
    assert {asked: round(points, 1) for asked, points in found.items() if points > MOST_POINTS} == {}


def test_whoever_is_told_the_figures_knows_how_many_come(seen):
    """So it would be found if others were: the solver reads of them what it reads of all."""
    cases = questions(FARID, seen.watched[FARID], seen.pairs, of_those_told=True)[HEADS]
    assert points_gained(cases) > 40
    assert all(each.least == each.truth == each.most for each in cases)

"""What is asked of whoever looked on, and what the contract has them told, which is no secret to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.attack.planted import WARD
from tests.attack.solver import Case, signs_of_two
from tests.attack.talks import Pair, Talk
from tests.attack.watching import Watched
from tests.cast import FARID, INES, NORA

HEADS, ORGANISER, SECRECY, CLIENT = "how many come", "who has it", "how secret it is", "whether it is the same client"
OCMW_ADMIN = "beheerder.ocmw"
HAVE_FIGURES = {FARID, NORA, INES, WARD, OCMW_ADMIN}


def has_the_figures(who: str, talk: Talk) -> bool:
    """Whoever sets limits, and the administrators of those who may book in a zone; never of one that a single
    organisation with secrecy has for itself."""
    return who in HAVE_FIGURES and talk.zone != "Z0-CAW"


def questions(
    who: str, watched: Watched, pairs: Sequence[Pair], *, of_those_told: bool = False
) -> Mapping[str, Sequence[Case]]:
    """Of each talk that they looked at; how many come only of those of which they are not told it."""
    seen = [each for each in pairs if each.talks[0].number in watched.signs]
    talks, signs = [talk for each in seen for talk in each.talks], watched.signs
    return {
        HEADS: [
            Case(each.alike, None, each.persons, signs[each.number], *watched.persons[each.number])
            for each in talks
            if has_the_figures(who, each) is of_those_told
        ],
        ORGANISER: [Case(each.alike, each.organisation, each.organiser, signs[each.number]) for each in talks],
        SECRECY: [Case(each.alike, each.organisation, each.secrecy, signs[each.number]) for each in talks],
        CLIENT: [Case(each.talks[0].alike, None, each.same_client, _signs_of_both(each, watched)) for each in seen],
    }


def _signs_of_both(pair: Pair, watched: Watched) -> frozenset[str]:
    numbers = [talk.number for talk in pair.talks]
    handles = [handle for number in numbers for handle in watched.handles[number]]
    return signs_of_two([watched.signs[number] for number in numbers], handles)

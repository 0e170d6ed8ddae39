"""What of a refusal or warning this viewer is told: judge() gives every figure, and here the door takes some off.

Pages, JSON, plans, receipts and mails all take its answer: only what is Listed becomes a sentence. Asked often enough,
figures tell who sits where: so head counts come without them to most, and not at all where the answer is no anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NewType

from models.rules.judging.explained import Line
from models.rules.people.discretion import Viewer
from models.rules.presence.occupancy import Place
from models.rules.presence.steps import sees_exact_counts
from models.rules.refusals import Refusal, Refused, SeriesRefused

Listed = NewType("Listed", Refusal)

# Where one of these stands, nobody needs to hear how full it is around: they would have asked to hear just that.
NO_ANYWAY = frozenset({"too_many_people", "layout_not_offered", "not_accessible", "shared_space_full", "space_taken"})
REFUGE = "R20"  # one wheelchair is somebody, so its figures are told to nobody
OF_OTHERS = frozenset({"R03", "R04", "R05", REFUGE})
COUNTED = frozenset({"R03", "R04", "R05", "R23"})


def told(refusals: Iterable[Refusal], viewer: Viewer) -> tuple[Listed, ...]:
    """The reasons against one booking, or the remarks on one, as this viewer has them. Never none of some."""
    refusals = tuple(refusals)
    hides = any(each.code in NO_ANYWAY for each in refusals)
    return tuple(_as_told(each, viewer) for each in refusals if not (hides and each.rule in OF_OTHERS))


def told_of(refused: Refused, viewer: Viewer) -> tuple[Listed, ...]:
    """All that an action was refused for; of a series date by date, for what stands on one hides nothing of another."""
    dates = refused.dates if isinstance(refused, SeriesRefused) else (refused,)
    return tuple(each for date in dates for each in told(date.refusals, viewer))


def lines_told(lines: Iterable[Line], refusals: Iterable[Refusal], viewer: Viewer) -> tuple[Line, ...]:
    """The same of a receipt rule by rule. `refusals`: what stood against the booking."""
    hides = any(each.code in NO_ANYWAY for each in refusals)
    return tuple(
        replace(
            line,
            limit=None if line.rule == REFUGE else line.limit,
            actual=line.actual if _is_figure_told(line.rule, line.scope, viewer) else None,
        )
        for line in lines
        if not (hides and line.rule in OF_OTHERS)
    )


def _as_told(each: Refusal, viewer: Viewer) -> Listed:
    if each.rule == REFUGE:
        return Listed(replace(each, limit=None, actual=None))
    return Listed(each if _is_figure_told(each.rule, each.scope, viewer) else replace(each, actual=None))


def _is_figure_told(rule: str | None, scope: str | None, viewer: Viewer) -> bool:
    """Whether the number that would be reached is theirs to know."""
    if rule == REFUGE:
        return False
    return rule not in COUNTED or (scope is not None and sees_exact_counts(Place.read(scope), viewer))

"""What of a plan somebody reads: the bookings they may know, and of another organisation's under secrecy how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from models.queries.plan_moves import KeptMove
from models.rules.people.discretion import Viewer
from models.rules.people.reach import is_kept_apart
from models.rules.plans.view import PlanCounts


@dataclass(frozen=True, slots=True)
class Part:
    """The bookings of one organisation that only its own people see."""

    organisation: str
    counts: PlanCounts


@dataclass(frozen=True, slots=True)
class PlanSeen:
    moves: tuple[KeptMove, ...]
    parts: tuple[Part, ...]


def as_seen(moves: Iterable[KeptMove], viewer: Viewer) -> PlanSeen:
    told: list[KeptMove] = []
    apart: dict[str, list[KeptMove]] = defaultdict(list)
    for each in moves:
        if is_kept_apart(viewer, each.booking):
            apart[each.booking.organisation].append(each)
        else:
            told.append(each)
    return PlanSeen(tuple(told), tuple(Part(code, _counted(here)) for code, here in sorted(apart.items())))


def _counted(moves: list[KeptMove]) -> PlanCounts:
    moved = sum(each.to_space is not None for each in moves)
    return PlanCounts(moved, len(moves) - moved)

"""What of a plan somebody reads: the bookings they may know, and of another organisation's under secrecy how many; the
parts of it that those organisations see to, and who sees to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from models.queries.people import holders_in
from models.queries.plan_moves import KeptMove
from models.queries.plans import KeptPlan, counts_of, parts_of
from models.rules.people.discretion import Viewer
from models.rules.people.person import Person
from models.rules.people.reach import is_kept_apart, kept_by
from models.rules.people.rights import PLACES_A_PART
from models.rules.plans.parts import Part
from models.rules.plans.view import PlanCounts
from models.tables.db import db
from models.tables.plan import PlanRow


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """`moves`: those whose bookings the viewer may know; `parts`: the others."""

    moves: tuple[KeptMove, ...]
    parts: tuple[Part, ...]


def as_seen(plan: KeptPlan, moves: Iterable[KeptMove], viewer: Viewer) -> PlanSeen:
    """Two queries for a plan with parts, one without."""
    told: list[KeptMove] = []
    apart: dict[str, list[KeptMove]] = defaultdict(list)
    for each in moves:
        if is_kept_apart(viewer, each.booking):
            apart[kept_by(each.booking, viewer.house)].append(each)
        else:
            told.append(each)
    here = [Part(code, _counted(of_them)) for code, of_them in apart.items()]
    parts = [] if plan.part_of else parts_of(plan.id)
    counts = counts_of([part.id for part in parts]) if parts else {}
    there = [Part(part.organisation or "", counts[part.id], part.id, part.is_ready) for part in parts]
    return PlanSeen(tuple(told), tuple(sorted((*here, *there), key=lambda part: part.organisation)))


def who_places(part: KeptPlan) -> list[Person]:
    """The administrators of the organisation that a part is for, else its heads of service; two queries at most."""
    for role in PLACES_A_PART:
        found = holders_in(part.organisation or "", role)
        if found:
            return found
    return []


def waiting_plans(now: datetime) -> list[tuple[int, int]]:
    """Plans that waited long enough for their parts, or whose parts are all ready, with who wants them. One query."""
    parts = PlanRow.__table__.alias("parts")
    unready = (
        select(parts.c.id)
        .where(parts.c.part_of_id == PlanRow.id, parts.c.status == "draft", parts.c.ready_at.is_(None))
        .exists()
    )
    rows: Sequence = db.session.execute(
        select(PlanRow.id, PlanRow.applied_by_id)
        .where(
            PlanRow.status == "draft",
            PlanRow.part_of_id.is_(None),
            PlanRow.applied_by_id.is_not(None),
            or_(PlanRow.due_at <= now, ~unready),
        )
        .order_by(PlanRow.due_at, PlanRow.id)
    ).all()
    return [(plan, person) for plan, person in rows]


def _counted(moves: list[KeptMove]) -> PlanCounts:
    moved = sum(each.to_space is not None for each in moves)
    return PlanCounts(moved, len(moves) - moved)

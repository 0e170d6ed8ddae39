"""What of a plan somebody reads: the bookings they may know, and of another organisation's under secrecy how many lie
in it; the parts of it that those organisations see to, and who sees to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from models.queries.people import holders_in, person_by_username
from models.queries.plan_effects import Prospect
from models.queries.plan_moves import KeptMove
from models.queries.plans import KeptPlan, parts_of
from models.queries.under_secrecy import number_under_secrecy
from models.rules.changes.change import Change, is_known
from models.rules.changes.reading import read_changes
from models.rules.house.house import House
from models.rules.people.discretion import Viewer
from models.rules.people.person import By, Person
from models.rules.people.reach import is_kept_apart, spaces_to_change
from models.rules.people.rights import PLACES_A_PART
from models.rules.plans.parts import Part
from models.rules.times.interval import civil_date
from models.tables.db import db
from models.tables.plan import PlanRow


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """`moves`: those whose bookings the viewer may know; `parts`: what of others lies in it, and whom it waits for."""

    moves: tuple[KeptMove, ...]
    parts: tuple[Part, ...]


def as_seen(plan: KeptPlan, moves: Iterable[KeptMove], viewer: Viewer, by: By) -> PlanSeen:
    """A query, one more of a plan that waits, and some of one that somebody else made; none of a part."""
    told = tuple(each for each in moves if not is_kept_apart(viewer, each.booking))
    if plan.part_of is not None:
        return PlanSeen(told, ())
    numbers = _number_in(plan, viewer, by)
    parts = parts_of(plan.id) if plan.is_waiting else []
    ready = {part.organisation or "": part.is_ready for part in parts}
    return PlanSeen(
        told, tuple(Part(code, numbers.get(code, 0), ready.get(code)) for code in sorted(numbers.keys() | ready.keys()))
    )


def _number_in(plan: KeptPlan, viewer: Viewer, by: By) -> dict[str, int]:
    """Of what the plan is about, also once it has moved them, or brings back whom another moved."""
    house, changes = viewer.house, list(_dated(plan, viewer.house))
    maker = by.person if plan.created_by == by.person.username else person_by_username(plan.created_by)
    within = None if plan.claims_for else spaces_to_change(maker, house)
    moved_by = [plan.id] if plan.status == "applied" else []
    moved_by += [plan.mends] if plan.mends else []
    return number_under_secrecy(changes, viewer, Prospect(house, house, by, within=within), moved_by)


def _dated(plan: KeptPlan, house: House) -> Iterator[Change]:
    """Its changes with their days, those of places that are no more left out."""
    made_on = civil_date(plan.created_at, house.zone)
    for change in read_changes(plan.changes):
        if is_known(change.place, house) and change.organisations <= house.organisations.keys():
            yield change.dated(made_on, house)


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

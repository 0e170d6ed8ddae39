"""Where a booking stood before a plan gave it another place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models.rules.refusals import Refusal
from models.tables.db import db
from models.tables.plan import PlanMove, PlanRow
from models.tables.space import Space


@dataclass(frozen=True, slots=True)
class Moved:
    """`reasons`: why it no longer fitted; none for one that was brought back."""

    from_space: str
    to_space: str
    reasons: tuple[Refusal, ...]
    at: datetime


def last_move_of(booking_id: int) -> Moved | None:
    """The last time that a plan moved it. One query."""
    before, after = aliased(Space), aliased(Space)
    row = db.session.execute(
        select(before.code, after.code, PlanMove.reasons, PlanRow.applied_at)
        .join(PlanRow, PlanRow.id == PlanMove.plan_id)
        .join(before, before.id == PlanMove.from_space_id)
        .join(after, after.id == PlanMove.to_space_id)
        .where(PlanMove.booking_id == booking_id, PlanRow.status == "applied")
        .order_by(PlanRow.applied_at.desc(), PlanRow.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    from_space, to_space, reasons, at = row
    return Moved(from_space, to_space, tuple(Refusal(**each) for each in reasons), at)

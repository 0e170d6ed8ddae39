"""Mail about the parts of plans: to those who see to one, and to whoever wants a plan that cannot be applied as it is.
It says how many bookings there are, and leads to a page: which they are stands only there."""

from __future__ import annotations

from datetime import datetime

from models.actions.record import tell_of_plan
from models.queries.plan_parts import who_places
from models.queries.plans import KeptPlan, counts_of
from models.rules.people.person import Person


def tell_part(kind: str, part: KeptPlan, now: datetime) -> None:
    """`kind`: plan_part, it waits for them until its plan is due; plan_part_applied, it was applied."""
    counts = counts_of([part.id])[part.id]
    for person in who_places(part):
        tell_of_plan(kind, person, now, **_facts(part), moved=counts.moved, left=counts.left)


def tell_stopped(plan: KeptPlan, person: Person, now: datetime) -> None:
    tell_of_plan("plan_stopped", person, now, **_facts(plan))


def _facts(plan: KeptPlan) -> dict:
    return {
        "handle": plan.handle,
        "organisation": plan.organisation,
        "due_at": plan.due_at.isoformat() if plan.due_at else None,
    }

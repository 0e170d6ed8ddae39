"""Parts of plans that wait for somebody who sees to the bookings of their organisation."""

from __future__ import annotations

from blueprints.booking.day import Day
from blueprints.manage.words.plans import plan_row
from models.queries.plans import counts_of, parts_to_place
from models.rules.people.rights import PLACES_A_PART, may_see_plan


def parts_waiting(day: Day) -> list[dict[str, object]]:
    """Two queries for whoever may be meant, none for the others."""
    if day.person.roles.isdisjoint(PLACES_A_PART):
        return []
    parts = [part for part in parts_to_place(day.person.organisation) if may_see_plan(day.person, part, day.house)]
    counts = counts_of([part.id for part in parts]) if parts else {}
    return [plan_row(part, counts[part.id], day.house) for part in parts if not part.is_ready]

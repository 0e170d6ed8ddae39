"""Claims of taken spaces: what one is asked, and what one asks oneself."""

from __future__ import annotations

from blueprints.booking.claims import asked_row
from blueprints.booking.day import Day
from blueprints.manage.words.plans import plan_row
from models.queries.claims import asked_of, open_claims_of
from models.queries.plans import counts_of
from models.rules.changes.precedence import claimable_by
from models.rules.people.discretion import Viewer


def asked_rows(day: Day) -> list[dict[str, object]]:
    """One query; none in a house where nobody comes before anybody."""
    if not day.house.precedence:
        return []
    return [asked_row(each, day.house) for each in asked_of(day.person.id, day.now)]


def own_claims(day: Day) -> list[dict[str, object]]:
    """Two queries for whoever may claim, none for the others."""
    if not claimable_by(day.person, day.house):
        return []
    plans = open_claims_of(day.person.id)
    counts = counts_of([plan.id for plan in plans], Viewer.of(day.person, day.house)) if plans else {}
    return [plan_row(plan, counts[plan.id], day.house) for plan in plans]

"""A week after a visit nothing leads to whoever it was: not the code of their talk, not why they came first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from models.queries.house import the_house
from models.queries.line import talks_with_a_code, visits_to_forget
from models.rules.line.retention import CODES_KEPT
from models.rules.times.interval import civil_date
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.line import Visit, VisitStamp
from models.tables.transaction import touched, writes


def forget_visitors(now: datetime) -> int:
    """How many visits and talks were made nobody's, some hundreds at once. Safe to run twice or on two machines. What
    was waited and how long it took stays."""
    today, before = civil_date(now, the_house().zone), now - CODES_KEPT
    due = bool(visits_to_forget(today, limit=1) or talks_with_a_code(before, limit=1))
    db.session.rollback()
    return _forget(now) if due else 0  # an idle worker never takes the writers' lock


@writes
def _forget(now: datetime) -> int:
    today, before = civil_date(now, the_house().zone), now - CODES_KEPT
    visits, talks = visits_to_forget(today), talks_with_a_code(before)
    db.session.execute(update(VisitStamp).where(VisitStamp.visit_id.in_(visits)).values(reason=None))
    nobodys = {"forget_on": None, "booking_id": None, "join_key": None, "urgent": False, "reason": None}
    return touched(update(Visit).where(Visit.id.in_(visits)).values(nobodys)) + touched(
        update(Booking).where(Booking.id.in_(talks)).values(visitor_code=None)
    )

"""Why a rule was set, the bookings that count anew when it changes, and those that it warned of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from models.queries.bookings import booked_where
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.municipality import OccupancyRule


def bookings_of_unknown_attendance(space_ids: Sequence[int], now: datetime) -> list[Booked]:
    """What is still to end in these spaces and counts for its layout's places. Two queries."""
    return (
        booked_where(
            (Booking.space_id.in_(space_ids))
            & (Booking.attendees.is_(None))
            & (Booking.status.in_(HOLDS_PLACE))
            & (Booking.ends_at > now)
        )
        if space_ids
        else []
    )


def reason_of_rule(code: str, first: date) -> str:
    """Why the rule was set that holds in the whole house from this date on; empty where nobody said. One query."""
    rule = (OccupancyRule.code == code) & (OccupancyRule.zone_code == "") & (OccupancyRule.valid_from == first)
    return db.session.scalar(select(OccupancyRule.reason).where(rule)) or ""


def warnings_by_rule(since: datetime, until: datetime, limit: int = 5000) -> dict[str, int]:
    """How many bookings that began between two instants went through with a warning of each rule. One query; of the
    latest `limit` bookings."""
    question = (
        select(Booking.warnings)
        .where(Booking.starts_at >= since, Booking.starts_at < until)
        .order_by(Booking.starts_at.desc())
        .limit(limit)
    )
    counted: Counter[str] = Counter()
    for (warnings,) in db.session.execute(question):
        counted.update({each["rule"] for each in warnings or () if each.get("rule")})
    return dict(counted)

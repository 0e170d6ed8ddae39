"""What has had its time: for the jobs that nobody waits for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal_column, or_, select

from models.queries.bookings import NO_HOLD, booked_where
from models.rules.bookings.fields import Booked
from models.tables.booking import Booking
from models.tables.db import db

MOST_AT_ONCE = 500
# Literals: an index over the few rows with this status is not found for a value that is bound.
_IS_PENDING = Booking.status == literal_column("'pending'")
_IS_CHECKED_IN = Booking.status == literal_column("'checked_in'")


def requests_out_of_time(now: datetime, limit: int = MOST_AT_ONCE) -> list[Booked]:
    """Requests that held their place until now, or that are over, without an answer."""
    return _first(and_(_IS_PENDING, NO_HOLD, or_(Booking.hold_until <= now, Booking.ends_at <= now)), limit)


def over_while_checked_in(now: datetime, limit: int = MOST_AT_ONCE) -> list[Booked]:
    """Bookings at which people are said to be, though their time is over."""
    return _first(and_(_IS_CHECKED_IN, Booking.ends_at <= now), limit)


def _first(condition: ColumnElement[bool], limit: int) -> list[Booked]:
    """Their numbers by the small index, and then those alone: asked in one, PostgreSQL reads all bookings there are.
    Of these, those that are still so: somebody may have decided between the two."""
    numbers = db.session.scalars(select(Booking.id).where(condition).order_by(Booking.ends_at, Booking.id).limit(limit))
    found = numbers.all()
    return booked_where(and_(Booking.id.in_(found), condition)) if found else []

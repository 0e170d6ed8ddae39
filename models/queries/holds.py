"""Places that somebody keeps for a moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from models.queries.bookings import NO_HOLD, booked_where
from models.rules.bookings.fields import Booked
from models.rules.people.person import Person
from models.tables.booking import Booking
from models.tables.db import db

ABOUT_NOW, JUST, A_DAY = timedelta(hours=1), timedelta(seconds=5), timedelta(days=1)
_IS_A_HOLD = Booking.hold.is_not(None)  # a small index holds these alone


def holds_to_end(now: datetime, person: Person | None) -> list[int]:
    """The numbers of those whose time is over, and of that person's own."""
    over = Booking.hold_until <= now
    asked = over if person is None else or_(over, Booking.booked_by_id == person.id)
    in_order = (Booking.hold_until, Booking.id)  # by id alone SQLite goes through all that was ever booked
    return list(db.session.scalars(select(Booking.id).where(_IS_A_HOLD, asked).order_by(*in_order)))


def has_just_booked(person: Person, now: datetime) -> bool:
    """Whether they have booked something that begins about now, this very moment."""
    asked = select(Booking.id).where(
        Booking.booked_by_id == person.id,
        Booking.starts_at > now - ABOUT_NOW,
        Booking.starts_at <= now,
        Booking.created_at > now - JUST,
        NO_HOLD,
    )
    return db.session.scalar(asked.limit(1)) is not None


def hold_of(person: Person, now: datetime) -> Booked | None:
    """The one that a person has: at most one, and not over. Nothing is held that began days ago: so all that they ever
    booked is not read."""
    theirs = (Booking.booked_by_id == person.id) & (Booking.starts_at > now - A_DAY)
    mine = booked_where(_IS_A_HOLD & (Booking.hold_until > now) & theirs, holds=True)
    return mine[0] if mine else None

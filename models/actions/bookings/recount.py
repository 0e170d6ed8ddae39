"""Bookings of unknown attendance count for their layout's places, so they count anew when these change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update

from models.queries.rules import bookings_of_unknown_attendance
from models.rules.changes.spaces import recounted
from models.rules.house.house import House
from models.tables.booking import Booking
from models.tables.db import db


def recount(space_ids: Collection[int], house: House, now: datetime) -> None:
    """Two queries, and one for each booking that then counts for another number."""
    bookings = bookings_of_unknown_attendance(sorted(space_ids), now)
    for before, after in zip(bookings, recounted(bookings, house), strict=True):
        if before.persons != after.persons:
            db.session.execute(update(Booking).where(Booking.id == after.id).values(persons=after.persons))

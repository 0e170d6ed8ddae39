"""What the page of today asks for those with a task of their own: talks of services, and evenings to lock up."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import and_

from models.queries.bookings import booked_where, overlapping
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.times.interval import Interval
from models.tables.booking import Booking


def talks_of(service_ids: Iterable[int], during: Interval) -> list[Booked]:
    """Whatever is booked for these services at some instant of `during`: for a few hours, not for weeks."""
    return booked_where(
        and_(Booking.service_id.in_(list(service_ids)), Booking.status.in_(HOLDS_PLACE), overlapping(during))
    )


def evenings_of(key_holder_id: int, during: Interval) -> list[Booked]:
    """The bookings for which this person opens and locks up."""
    return booked_where(
        and_(Booking.key_holder_id == key_holder_id, Booking.status.in_(HOLDS_PLACE), overlapping(during))
    )

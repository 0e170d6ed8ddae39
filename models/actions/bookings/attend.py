"""Check in to a booking, or give its place back."""

from __future__ import annotations

from datetime import datetime

from models.actions.bookings.may_change import booking_to_change
from models.actions.bookings.status import set_status, status_after
from models.actions.record import record
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.rules.bookings.fields import Booked
from models.rules.people.person import By, Person
from models.tables.transaction import writes


def check_in(booking_id: int, person: Person, now: datetime) -> Booked:
    """From 15 minutes before the start until the end; checked in already: unchanged."""
    return _attend("check_in", booking_id, person, now)


def release(booking_id: int, person: Person, now: datetime) -> Booked:
    """Free the place: `released` when nobody came, `completed` when they leave early."""
    return _attend("release", booking_id, person, now)


@writes
def _attend(verb: str, booking_id: int, person: Person, now: datetime) -> Booked:
    booking = booking_to_change(booking_id, By(person, now), the_house(), "change_attendance")
    after = status_after(verb, booking, now)
    if after == booking.status:
        return booking
    set_status([booking.id], after, now)
    record(verb, "booking", booking.id, person, now, space=booking.space, status=after)
    return bookings_by_id([booking.id])[0]

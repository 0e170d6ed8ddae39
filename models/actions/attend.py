"""Check in to a booking, or give its place back."""

from __future__ import annotations

from datetime import datetime

from models.actions.may_change import booking_to_change
from models.actions.record import record
from models.actions.status import set_status
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.rules.attendance import next_status
from models.rules.discretion import Booked
from models.rules.person import Person
from models.rules.refusals import Refused, refusal
from models.tables.transaction import writes


def check_in(booking_id: int, person: Person, now: datetime) -> Booked:
    """From 15 minutes before the start until the end; checked in already: unchanged."""
    return _attend("check_in", booking_id, person, now)


def release(booking_id: int, person: Person, now: datetime) -> Booked:
    """Free the place: `released` when nobody came, `completed` when they leave early."""
    return _attend("release", booking_id, person, now)


@writes
def _attend(verb: str, booking_id: int, person: Person, now: datetime) -> Booked:
    booking = booking_to_change(booking_id, person, the_house(), "change_attendance")
    after = next_status(verb, booking.status, booking.during, now)
    if after is None:
        raise Refused([refusal("wrong_status", actual=booking.status)])
    if after == booking.status:
        return booking
    set_status([booking.id], after, now, **({"checked_in_at": now} if after == "checked_in" else {}))
    record(verb, "booking", booking.id, person, now, space=booking.space, status=after)
    return bookings_by_id([booking.id])[0]

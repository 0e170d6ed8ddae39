"""Somebody is here for a booking: reception says so, and whoever it is for reads it at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.actions.bookings.status import set_status
from models.actions.line.arrive import arrive, has_line
from models.actions.record import record
from models.queries.arrivals import arrival_row, arrived_among
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.queries.line import visit_of_booking
from models.queries.one_booking import booking_for
from models.rules.bookings.attendance import HOLDS_PLACE, next_status
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer
from models.rules.people.person import By
from models.rules.people.rights import holds
from models.rules.refusals import NotAllowed, Refused, refusal
from models.rules.times.interval import civil_date, civil_day
from models.tables.arrival import Arrival
from models.tables.db import db
from models.tables.transaction import writes

UNDONE_WITHIN = timedelta(minutes=1)


@writes
def receive(handle: str, by: By) -> datetime:
    """Since when they are here: now, or as was said before. Also of a talk of which reception reads no more than that a
    place is taken. They are checked in as soon as that may be, and stand in the line where its service has one. Raises
    NotFound, NotAllowed, and Refused where it is not of today or holds no place."""
    house, (person, now) = the_house(), by
    booking = _meant(handle, by, house)
    before = arrived_among([booking.id])
    if before:
        return before[booking.id]
    today = civil_day(civil_date(now, house.zone), house.zone)
    if booking.status not in HOLDS_PLACE or booking.during.end <= now or not booking.during.overlaps(today):
        raise Refused([refusal("wrong_status", actual=booking.status)])
    if has_line(booking, house):
        arrive(booking.id, person, now)
    elif next_status("check_in", booking.status, booking.during, now) not in (None, booking.status):
        set_status([booking.id], "checked_in", now)
    record("arrive", "booking", booking.id, person, now, space=booking.space)
    [after] = bookings_by_id([booking.id])
    checked_in = after.status != booking.status
    db.session.add(Arrival(booking_id=booking.id, arrived_at=now, noted_by_id=person.id, checked_in=checked_in))
    return now


@writes
def take_back_arrival(handle: str, by: By) -> bool:
    """As if nobody had said so, within a minute and until somebody calls them; whether it was taken back."""
    house, (person, now) = the_house(), by
    booking = _meant(handle, by, house)
    row, visit = arrival_row(booking.id), visit_of_booking(booking.id)
    if row is None or now - row.arrived_at > UNDONE_WITHIN or (visit is not None and visit.state != "waiting"):
        return False
    if row.checked_in and booking.status == "checked_in":
        set_status([booking.id], "confirmed", now)
    for each in filter(None, (row, visit)):
        db.session.delete(each)
    record("take_back_arrival", "booking", booking.id, person, now, space=booking.space)
    return True


def _meant(handle: str, by: By, house: House) -> Booked:
    if not holds(by.person, "receive_people"):
        raise NotAllowed("receive_people")
    return booking_for(Viewer.of(by.person, house), handle, by.now)

"""Somebody is here for a booking: reception says so, and whoever it is for reads it at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.actions.bookings.status import set_status
from models.actions.line.arrive import arrive, arrive_for_other_parts, has_line
from models.actions.line.same_visit import check_in_if_may, keep_arrival, other_parts
from models.actions.record import record
from models.queries.arrivals import Arrived, arrival_row, arrived_with_number
from models.queries.house import the_house
from models.queries.line import visit_of_booking
from models.queries.one_booking import booking_for
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer
from models.rules.people.person import By
from models.rules.people.rights import holds
from models.rules.refusals import NotAllowed, NotFound, Refused, refusal
from models.rules.times.interval import civil_date, civil_day
from models.tables.db import db
from models.tables.transaction import writes

UNDONE_WITHIN = timedelta(minutes=1)


@writes
def receive(handle: str, by: By) -> Arrived:
    """Since when they are here, now or as was said before, and what they are called by. Also of a talk of which
    reception reads no more than that a place is taken. They are checked in as soon as that may be, and stand in the
    line where its service has one. So they are for the other parts of their visit. Raises NotFound, NotAllowed, and
    Refused where it is not of today or holds no place."""
    house, (person, now) = the_house(), by
    booking = _meant(handle, by, house)
    before = arrived_with_number([booking.id])
    if before:
        return before[booking.id]
    today = civil_day(civil_date(now, house.zone), house.zone)
    if booking.status not in HOLDS_PLACE or booking.during.end <= now or not booking.during.overlaps(today):
        raise Refused([refusal("wrong_status", actual=booking.status)])
    number = None
    if has_line(booking, house):
        number = arrive(booking.id, person, now).number
    else:
        check_in_if_may(booking, person, now)
        arrive_for_other_parts(booking, person, now, house)
    keep_arrival(booking, person, now)
    return Arrived(now, number)


@writes
def take_back_arrival(handle: str, by: By) -> bool:
    """As if nobody had said so, within a minute and until somebody calls them; whether it was taken back. The other
    parts of their visit go with it."""
    house = the_house()
    booking = _meant(handle, by, house)
    row = arrival_row(booking.id)
    if row is None or by.now - row.arrived_at > UNDONE_WITHIN:
        return False
    since = row.arrived_at
    if not _taken_back(booking, since, by):
        return False
    for each in other_parts(booking, house):
        _taken_back(each, since, by)
    return True


def _taken_back(booking: Booked, since: datetime, by: By) -> bool:
    """Where it was said then, and nobody has called them since."""
    row, visit = arrival_row(booking.id), visit_of_booking(booking.id)
    if row is None or row.arrived_at != since or (visit is not None and visit.state != "waiting"):
        return False
    if row.checked_in and booking.status == "checked_in":
        set_status([booking.id], "confirmed", by.now)
    for each in filter(None, (row, visit)):
        db.session.delete(each)
    record("take_back_arrival", "booking", booking.id, by.person, by.now, space=booking.space)
    return True


def _meant(handle: str, by: By, house: House) -> Booked:
    if not holds(by.person, "receive_people"):
        raise NotAllowed("receive_people")
    booking = booking_for(Viewer.of(by.person, house), handle, by.now)
    if booking.hold:
        raise NotFound
    return booking

"""Somebody is here for their talk: into the line of its zone, by its hour."""

from __future__ import annotations

from datetime import datetime

from models.actions.bookings.may_change import booking_to_change
from models.actions.line.join import entered, new_visit
from models.actions.line.same_visit import check_in_if_may, keep_arrival, parts_to_come
from models.queries.bookings import booked
from models.queries.house import the_house
from models.queries.line import party_numbered, visit_of_booking
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.line.party import Party
from models.rules.line.served import services_in
from models.rules.people.person import By, Person
from models.rules.people.rights import holds
from models.rules.refusals import NotFound, Refused, refusal
from models.rules.times.interval import civil_date
from models.tables.transaction import writes


def has_line(booking: Booked, house: House) -> bool:
    """Whether its service has one where it takes place."""
    return booking.service is not None and booking.service in services_in(house.spaces[booking.space].zone, house)


@writes
def arrive(booking_id: int, person: Person | None, now: datetime) -> Party:
    """`person` None: a kiosk that was given its code. Arrived already: the number they have. As soon as it may be, they
    are checked in too. So they are for the other parts of their visit. Raises NotFound, NotAllowed, and Refused where
    it is not of today, over, or has no line."""
    house = the_house()
    booking = _meant(booking_id, person, now, house)
    before = visit_of_booking(booking.id)
    if before is not None:
        return party_numbered(before.id)
    if civil_date(booking.during.start, house.zone) != civil_date(now, house.zone):
        raise Refused([refusal("not_today")])
    if booking.status not in HOLDS_PLACE or booking.during.end <= now or not has_line(booking, house):
        raise Refused([refusal("wrong_status", actual=booking.status)])
    party = _joined(booking, person, now, house)
    arrive_for_other_parts(booking, person, now, house)
    return party


def arrive_for_other_parts(booking: Booked, person: Person | None, now: datetime, house: House) -> None:
    """Of one visit: each stands in its own line, to be called by its own hour, or is kept for whoever is here."""
    for each in parts_to_come(booking, now, house):
        if has_line(each, house):
            _joined(each, person, now, house)
        else:
            check_in_if_may(each, person, now)
        keep_arrival(each, person, now)


def _joined(booking: Booked, person: Person | None, now: datetime, house: House) -> Party:
    check_in_if_may(booking, person, now)
    row = new_visit(house.spaces[booking.space].zone, booking.service or "", person, now, house)
    row.booking_id, row.due_at = booking.id, booking.during.start
    return entered(row, person, now)


def _meant(booking_id: int, person: Person | None, now: datetime, house: House) -> Booked:
    """Reception marks that somebody came also where it reads no more than that a place is taken."""
    if person is None or holds(person, "put_in_line"):
        booking = booked(booking_id)
        if booking is None:
            raise NotFound
        return booking
    return booking_to_change(booking_id, By(person, now), house, "change_attendance")

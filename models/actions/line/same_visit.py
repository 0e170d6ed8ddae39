"""One visit of several parts, under one code: whoever is in the house for one of them is there for all."""

from __future__ import annotations

from datetime import datetime

from models.actions.bookings.status import set_status
from models.actions.record import record
from models.queries.arrivals import arrived_among
from models.queries.bookings import bookings_by_id, bookings_in_group
from models.rules.bookings.attendance import HOLDS_PLACE, next_status
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.person import Person
from models.rules.times.interval import civil_date
from models.tables.arrival import Arrival
from models.tables.db import db


def other_parts(booking: Booked, house: House) -> list[Booked]:
    """What the same visitor comes for on the same day, by the same code; none where it has no code."""
    if booking.group is None or booking.visitor_code is None:
        return []
    day = civil_date(booking.during.start, house.zone)
    return [
        each
        for each in bookings_in_group(booking.group)
        if each.id != booking.id
        and each.visitor_code == booking.visitor_code
        and civil_date(each.during.start, house.zone) == day
    ]


def parts_to_come(booking: Booked, now: datetime, house: House) -> list[Booked]:
    """Those that stand and are not over, and for which nobody has said yet that somebody is there."""
    parts = [each for each in other_parts(booking, house) if each.status in HOLDS_PLACE and each.during.end > now]
    before = arrived_among([each.id for each in parts])
    return [each for each in parts if each.id not in before]


def check_in_if_may(booking: Booked, person: Person | None, now: datetime) -> None:
    """As soon as that may be; before, nothing."""
    if next_status("check_in", booking.status, booking.during, now) in (None, booking.status):
        return
    set_status([booking.id], "checked_in", now)
    record("check_in", "booking", booking.id, person, now, space=booking.space, status="checked_in")


def keep_arrival(booking: Booked, person: Person | None, now: datetime) -> None:
    """That they are here; said after it was checked in, where it may be. `booking`: as it was before."""
    record("arrive", "booking", booking.id, person, now, space=booking.space)
    [after] = bookings_by_id([booking.id])
    db.session.add(
        Arrival(
            booking_id=booking.id,
            arrived_at=now,
            noted_by_id=person.id if person else None,
            checked_in=after.status != booking.status,
        )
    )

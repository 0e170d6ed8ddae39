"""Cancel a booking, or the dates of its series that are still to come."""

from __future__ import annotations

from datetime import datetime

from models.actions.bookings.hold import let_go
from models.actions.bookings.may_change import booking_to_change, dates_in_scope
from models.actions.bookings.status import set_status, status_after
from models.actions.record import record, tell_parties
from models.queries.bookings import bookings_by_id
from models.queries.house import the_house
from models.rules.bookings.attendance import next_status
from models.rules.bookings.fields import Booked
from models.rules.people.person import By, Person
from models.tables.transaction import writes


@writes
def cancel(booking_id: int, person: Person, now: datetime, scope: str = "this") -> Booked:
    """The booking as it then is; one already cancelled unchanged. A series' dates that are over stay as they were."""
    house = the_house()
    booking = booking_to_change(booking_id, By(person, now), house, or_kept=True)
    if booking.hold:
        let_go([booking.id])
        return booking._replace(status="cancelled")
    status_after("cancel", booking, now)
    gone = [
        each
        for each in dates_in_scope(booking, scope, person, house)
        if each.status != "cancelled" and next_status("cancel", each.status, each.during, now) == "cancelled"
    ]
    set_status([each.id for each in gone], "cancelled", now)
    for each in gone:
        record("cancel", "booking", each.id, person, now, space=each.space, start=each.during.start.isoformat())
    after = {each.id: each for each in bookings_by_id([booking.id, *(each.id for each in gone)])}
    tell_parties("cancelled", [after[each.id] for each in gone], house, now)
    return after[booking.id]

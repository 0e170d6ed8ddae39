"""A booking moves: whoever was noted as here for it is not here for what it is from now on."""

from __future__ import annotations

from sqlalchemy import delete

from models.queries.line import visit_of_booking
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.person import By
from models.rules.times.interval import civil_date
from models.tables.arrival import Arrival
from models.tables.db import db
from models.tables.line import VisitStamp
from models.tables.transaction import writes


@writes
def follow_move(standing: Booked, moved: Booked, house: House, by: By) -> None:
    """Within the day they wait by its new hour. On another day nobody has arrived for it yet: who still waits is not
    come, who was called is there without an appointment. Two queries; none of a booking of a later day, for which
    nobody can be here."""
    before, after = (civil_date(each.during.start, house.zone) for each in (standing, moved))
    if standing.during.start == moved.during.start or before > civil_date(by.now, house.zone):
        return
    row = visit_of_booking(standing.id)
    if before == after:
        if row is not None:
            row.due_at = moved.during.start
        return
    db.session.execute(delete(Arrival).where(Arrival.booking_id == standing.id))
    if row is None:
        return
    row.booking_id, row.due_at = None, None
    if row.state == "waiting":
        row.state, row.state_at = "not_come", by.now
        db.session.add(
            VisitStamp(
                visit_id=row.id,
                verb="move",
                state=row.state,
                at=by.now,
                person_id=by.person.id,
                service_id=row.service_id,
            )
        )
    db.session.flush()

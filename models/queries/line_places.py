"""Whether somebody else is at a place to which a party is to be called."""

from __future__ import annotations

from sqlalchemy import exists, or_, select

from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.house.house import House
from models.rules.house.policy import LONGEST_BOOKING
from models.rules.line.states import AT_SOMEBODY
from models.rules.people.person import By
from models.rules.times.interval import civil_date
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.line import Visit


def is_in_use(place: str, by: By, house: House, *, own_talk: int | None) -> bool:
    """By another's booking that holds now, here or in what shares its walls, or by a party that a colleague called here
    or talks with. `own_talk`: the booking for which the party itself came. One query."""
    (person, now), there = by, house.sharing_a_place[place]
    booked = exists().where(
        Booking.space_id.in_(there),
        Booking.status.in_(HOLDS_PLACE),
        Booking.starts_at <= now,
        Booking.starts_at > now - LONGEST_BOOKING,
        Booking.ends_at > now,
        Booking.organiser_id.is_distinct_from(person.id),
        Booking.id.is_distinct_from(own_talk),
    )
    called = exists().where(
        Visit.day == civil_date(now, house.zone),
        Visit.place_id.in_(there),
        Visit.state.in_(AT_SOMEBODY),
        Visit.person_id.is_distinct_from(person.id),
    )
    return bool(db.session.scalar(select(or_(booked, called))))

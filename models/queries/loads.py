"""What a database holds already of a load that is made in it."""

from __future__ import annotations

from sqlalchemy import exists, select

from models.queries.people import people_by_id
from models.rules.people.person import Person
from models.rules.times.interval import Interval
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.municipality import Municipality
from models.tables.person import PersonRow


def municipality_code() -> str | None:
    """None where there is none yet."""
    return db.session.scalars(select(Municipality.code)).one_or_none()


def is_booked(during: Interval) -> bool:
    """Whether any booking begins then."""
    begins = Booking.starts_at >= during.start, Booking.starts_at < during.end
    return bool(db.session.scalar(select(exists().where(*begins))))


def everybody() -> list[Person]:
    """Whoever there is, in the order in which they came. One query for each 500."""
    return list(people_by_id(db.session.scalars(select(PersonRow.id).order_by(PersonRow.id))).values())

"""Bookings by what somebody at the reception is told: a name, an association, a number, a room."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from models.queries.bookings import bookings_by_id, overlapping
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.times.interval import Interval
from models.tables.booking import Booking, BookingCaller
from models.tables.db import db
from models.tables.person import PersonRow

FEWEST_DIGITS = 4  # fewer stand in every number
BETWEEN_DIGITS = " ./-()+"
_Organiser = aliased(PersonRow)


def bookings_named(
    text: str, during: Interval, space_ids: Collection[int], *, named: Collection[int] = (), limit: int = 100
) -> list[Booked]:
    """The first that may be meant by `text`, of those in these spaces; `named`: the ones whose own name it is. Not for
    showing: what somebody sees of them decides whether they are told of it. Two queries."""
    phone: ColumnElement[str] = func.coalesce(BookingCaller.phone, "")
    for sign in BETWEEN_DIGITS:
        phone = func.replace(phone, sign, "")
    spoken = "".join(filter(str.isdigit, text))
    said = [
        each.icontains(text, autoescape=True)
        for each in (Booking.title, _Organiser.display_name, BookingCaller.name, BookingCaller.association)
    ]
    if len(spoken) >= FEWEST_DIGITS:
        said.append(phone.contains(spoken, autoescape=True))
    found = (
        select(Booking.id)
        .outerjoin(_Organiser, _Organiser.id == Booking.organiser_id)
        .outerjoin(BookingCaller, BookingCaller.booking_id == Booking.id)
        .where(
            Booking.space_id.in_(space_ids),
            Booking.status.in_(HOLDS_PLACE),
            overlapping(during),
            or_(*said, Booking.space_id.in_(named)),
        )
        .order_by(Booking.starts_at, Booking.handle)
        .limit(limit)
    )
    return bookings_by_id(list(db.session.scalars(found)))


def is_phone(text: str, phone: str | None) -> bool:
    """Whether enough of its digits were said, however it is written."""
    spoken, written = ("".join(filter(str.isdigit, each)) for each in (text, phone or ""))
    return len(spoken) >= FEWEST_DIGITS and spoken in written

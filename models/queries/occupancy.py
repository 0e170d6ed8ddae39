"""How many people hold a place, and where: for head counts, which need no more of a booking than that."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select

from models.queries.bookings import keeps_its_place, overlapping
from models.rules.house.house import House, Space
from models.rules.presence.occupancy import Expected
from models.rules.times.interval import Interval
from models.tables.booking import Booking
from models.tables.db import db


def people_expected(
    house: House, spaces: Iterable[Space], during: Interval, *, and_parties: bool = False
) -> list[Expected]:
    """Everyone who holds a place in these spaces at some instant of `during`, or held it to the end, in order of start.
    With `and_parties` also whoever comes with others, wherever that is. One query."""
    codes = {space.id: space.code for space in (house.spaces.values() if and_parties else spaces)}
    question = (
        select(Booking.space_id, Booking.starts_at, Booking.ends_at, Booking.persons, Booking.layout)
        .where(keeps_its_place(), overlapping(during))
        .order_by(Booking.starts_at, Booking.id)
    )
    if and_parties:
        question = question.where(or_(Booking.persons > 1, Booking.space_id.in_([space.id for space in spaces])))
    elif len(codes) < len(house.spaces):
        question = question.where(Booking.space_id.in_(codes))
    return [
        Expected(codes[space_id], Interval(starts_at, ends_at), persons, layout)
        for space_id, starts_at, ends_at, persons, layout in db.session.connection().execute(question)
    ]

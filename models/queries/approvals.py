"""Requests that wait for somebody's word: who may give it, who was ever asked, what else waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import literal_column, select

from models.queries.bookings import A_PAGE, bookings_by_id
from models.queries.reading import gathered, pages
from models.rules.bookings.fields import Booked
from models.rules.times.interval import Interval
from models.tables.booking import Approval, Booking
from models.tables.db import db

MOST_BESIDE = 1000


def roles_asked(booking_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """Of each booking every role whose word it ever needed, given or not. One query per thousand."""
    return gathered(
        pair
        for page in pages(booking_ids, A_PAGE)
        for pair in db.session.execute(select(Approval.booking_id, Approval.role).where(Approval.booking_id.in_(page)))
    )


def requests_for(space_ids: Sequence[int], during: Interval) -> list[Booked]:
    """What waits for anybody's word in these spaces and begins in that time, whoever decides about it."""
    numbers = (
        select(Booking.id)
        .where(
            Booking.status == literal_column("'pending'"),
            Booking.space_id.in_(space_ids),
            Booking.starts_at >= during.start,
            Booking.starts_at < during.end,
        )
        .order_by(Booking.starts_at, Booking.id)
        .limit(MOST_BESIDE)
    )
    return bookings_by_id(db.session.scalars(numbers).all())


def declined_lately(roles: Iterable[str], since: datetime, limit: int) -> list[Booked]:
    """What was declined, or not answered in time, of the requests that waited for one of these roles; newest first."""
    asked = select(Approval.booking_id).where(Approval.role.in_(list(roles)))
    newest = (
        select(Booking.id)
        .where(Booking.id.in_(asked), Booking.status == "declined", Booking.updated_at >= since)
        .order_by(Booking.updated_at.desc(), Booking.id.desc())
        .limit(limit)
    )
    return sorted(
        bookings_by_id(db.session.scalars(newest).all()), key=lambda each: (each.updated_at, each.id), reverse=True
    )

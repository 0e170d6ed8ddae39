"""Bookings as calendars tell of them: read by number, with what an event says and what seen_by() decides on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, text
from sqlalchemy.orm import aliased

from models.queries.among import DIALECTS, among, listed
from models.queries.bookings import awaited_of
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.times.interval import Interval
from models.tables.booking import Booking, BookingCaller, Series
from models.tables.db import db
from models.tables.person import PersonRow

_Organiser, _Booker = aliased(PersonRow), aliased(PersonRow)
_IN_A_CALENDAR = (
    select(
        Booking.id,
        Booking.space_id,
        Booking.starts_at,
        Booking.ends_at,
        Booking.status,
        Booking.organisation_id,
        Booking.service_id,
        Booking.privacy,
        Booking.persons,
        Booking.layout,
        Booking.title,
        _Organiser.username,
        func.coalesce(_Organiser.display_name, BookingCaller.name),
        _Booker.username,
        Booking.uid,
        Booking.handle,
        Series.uid,
        Booking.occurrence_at,
        Booking.sequence,
        Booking.created_at,
        Booking.updated_at,
    )
    .join(_Booker, _Booker.id == Booking.booked_by_id)
    .outerjoin(_Organiser, _Organiser.id == Booking.organiser_id)
    .outerjoin(BookingCaller, BookingCaller.booking_id == Booking.id)
    .outerjoin(Series, Series.id == Booking.series_id)
    .order_by(Booking.starts_at, Booking.id)
)
_THESE = {dialect: _IN_A_CALENDAR.where(text(among(dialect, "booking.id", "ids"))) for dialect in DIALECTS}


def calendar_bookings(house: House, numbers: Sequence[int]) -> list[Booked]:
    """In order of start; the rest of each is None. A fifth of what bookings_by_id() joins and unpacks is never told.
    Two queries at most, as there."""
    connection = db.session.connection()
    dialect = connection.dialect.name
    rows = connection.execute(_THESE[dialect], {"ids": listed(dialect, numbers)}).all()
    awaited = awaited_of([row[0] for row in rows if row[4] == "pending"])
    spaces, organisations, services = house.by_id
    found = []
    for (
        number,
        space_id,
        starts_at,
        ends_at,
        status,
        organisation_id,
        service_id,
        privacy,
        persons,
        layout,
        title,
        organiser,
        organiser_name,
        booked_by,
        uid,
        handle,
        series,
        occurrence_at,
        sequence,
        created_at,
        updated_at,
    ) in rows:
        space, service = spaces[space_id], services[service_id] if service_id else None
        found.append(
            Booked(
                number,
                space.code,
                space.kind,
                Interval(starts_at, ends_at),
                status,
                organisations[organisation_id].code,
                privacy,
                persons,
                organiser,
                booked_by,
                title,
                layout,
                service=service.code if service else None,
                service_is_private=service is not None and service.is_private,
                organiser_name=organiser_name,
                uid=uid,
                handle=handle,
                series=series,
                occurrence_at=occurrence_at,
                sequence=sequence,
                created_at=created_at,
                updated_at=updated_at,
                awaited_roles=awaited.get(number, frozenset()),
            )
        )
    return found

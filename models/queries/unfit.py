"""The bookings that would no longer lie within the hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select

from models.queries.bookings import NO_HOLD, booked_where, overlapping
from models.queries.people import people_by_username
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.changes.change import spaces_in
from models.rules.house.house import House
from models.rules.judging.unfit import Unfit, no_longer_fitting
from models.rules.times.hours import Closure
from models.rules.times.interval import Interval, civil_day, joined
from models.rules.values import Scope
from models.tables.booking import Booking
from models.tables.db import db

MOST_READ = 5000
AS_GOOD_AS_EVER = timedelta(days=366 * 50)
MOST_WINDOWS = 100


def bookings_no_longer_fitting(
    before: House | None,
    after: House,
    windows: Sequence[Interval],
    now: datetime,
    *,
    spaces: Collection[str] | None = None,
    organisations: Collection[str] = (),
) -> tuple[Unfit, ...]:
    """Of these spaces (None: all) and organisations (none: all), within a hundred stretches of time at most, and not
    over yet.

    The houses may be imagined; without one before, all are told that do not fit. At most the 5,000 first are read:
    three queries, one more per 500 people.
    """
    asked = and_(Booking.status.in_(HOLDS_PLACE), or_(*map(overlapping, windows)), Booking.ends_at > now, NO_HOLD)
    if spaces is not None:
        asked = and_(asked, Booking.space_id.in_([after.spaces[code].id for code in spaces]))
    if organisations:
        asked = and_(asked, Booking.organisation_id.in_([after.organisations[code].id for code in organisations]))
    first = list(
        db.session.execute(
            select(Booking.id).where(asked).order_by(Booking.starts_at, Booking.id).limit(MOST_READ)
        ).scalars()
    )
    bookings = booked_where(Booking.id.in_(first)) if first else []
    named = {name for booking in bookings for name in (booking.organiser, booking.key_holder) if name}
    return no_longer_fitting(bookings, people_by_username(named) if named else {}, before, after, now)


def bookings_outside_hours(place: Scope, house: House, now: datetime) -> tuple[Unfit, ...]:
    """Whatever is still to come in the spaces of a building, zone or space and does not fit the hours as they are."""
    return bookings_no_longer_fitting(
        None, house, [Interval(now, now + AS_GOOD_AS_EVER)], now, spaces=spaces_in(place, house)
    )


def bookings_on_closing_days(closures: Iterable[Closure], house: House, now: datetime) -> tuple[Unfit, ...]:
    """Whatever is still to come on these days of those whom they close."""
    days = joined(civil_day(closure.day, house.zone) for closure in closures)[:MOST_WINDOWS]
    found = bookings_no_longer_fitting(None, house, days, now) if days else ()
    return tuple(unfit for unfit in found if "organisation_closed" in unfit.codes)

"""Who is in the building now: what somebody counted in open spaces, and which bookings hold a place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from models.queries.bookings import booked_where, overlapping
from models.rules.bookings.attendance import CHECK_IN_OPENS, HOLDS_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.presence.counts import COUNT_HOLDS, LiveCount
from models.rules.times.interval import Interval
from models.tables.booking import Booking
from models.tables.db import db
from models.tables.presence import SpaceCount


def live_counts(house: House, now: datetime, building: str | None = None) -> tuple[LiveCount, ...]:
    """The newest count of each open space, of one building or all, while it is fresh, in order of code. One query."""
    return tuple(
        each
        for each in _newest_counts(SpaceCount.at > now - COUNT_HOLDS, house)
        if building in (None, house.spaces[each.space].building)
    )


def counts_since(house: House, since: datetime) -> tuple[LiveCount, ...]:
    """The newest count of each open space from an instant on, stale or not, in order of code. One query."""
    return _newest_counts(SpaceCount.at >= since, house)


def last_count(space_id: int) -> tuple[int, datetime] | None:
    """How many people somebody last counted in a space, and when."""
    row = db.session.execute(
        select(SpaceCount.persons, SpaceCount.at)
        .where(SpaceCount.space_id == space_id)
        .order_by(SpaceCount.id.desc())
        .limit(1)
    ).first()
    return row and (row.persons, row.at)


def bookings_now(house: House, building: str, now: datetime) -> list[Booked]:
    """Whatever holds a place in a building at this moment, and who checked in for what is about to begin. Not for
    showing: see seen_by(). Two queries at most."""
    inside = [space.id for space in house.spaces.values() if space.building == building]
    soon = overlapping(Interval(now, now + CHECK_IN_OPENS))
    found = and_(Booking.status.in_(HOLDS_PLACE), soon, or_(Booking.starts_at <= now, Booking.status == "checked_in"))
    return booked_where(found if len(house.buildings) == 1 else and_(found, Booking.space_id.in_(inside)))


def _newest_counts(condition: ColumnElement[bool], house: House) -> tuple[LiveCount, ...]:
    newest = select(func.max(SpaceCount.id)).where(condition).group_by(SpaceCount.space_id)
    spaces = house.by_id[0]
    rows = db.session.execute(
        select(SpaceCount.space_id, SpaceCount.persons, SpaceCount.at)
        .where(SpaceCount.id.in_(newest))
        .order_by(SpaceCount.id)
    )
    found = (
        LiveCount.made(spaces[number].code, persons, at)
        for number, persons, at in rows
        if number in spaces and not spaces[number].exclusive
    )
    return tuple(sorted(found, key=lambda count: count.space))

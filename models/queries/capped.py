"""The bookings that stand above the percentage of a crisis."""

from __future__ import annotations

from datetime import datetime

from models.queries.bookings import bookings_from
from models.rules.above import AboveLimit, above_places
from models.rules.changes.spaces import recounted
from models.rules.house import House


def bookings_above_cap(house: House, now: datetime) -> tuple[AboveLimit, ...]:
    """In the whole house, where rule R09 is what binds. Two queries; the house may be one that is only imagined. At
    most the 5,000 first bookings are read."""
    bookings = recounted(bookings_from(now, [space.id for space in house.spaces.values()]), house)
    return tuple(each for each in above_places(bookings, house) if each.rule == "R09")

"""A talk or meeting that goes otherwise than booked: it takes a little longer, or whoever is to come is late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.rules.bookings.fields import Booked
from models.rules.times.interval import Interval

A_LITTLE = timedelta(minutes=15)
LATE_FROM = timedelta(minutes=15)  # before it begins: somebody rings that they will not be in time
GOES_ON = ("confirmed", "checked_in")


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Until when a booking may last longer, and when it may take place for whoever is late; None: neither would be
    accepted now."""

    longer: Interval | None = None
    later: Interval | None = None


def longer(booking: Booked, now: datetime) -> Interval | None:
    """A quarter of an hour more of what is going on."""
    if booking.status not in GOES_ON or not booking.during.has(now):
        return None
    return Interval(booking.during.start, booking.during.end + A_LITTLE)


def later(booking: Booked, now: datetime) -> Iterator[Interval]:
    """What is tried in turn for whoever has not come yet: all of it later, by as many quarters as lie behind; else what
    is left of it until its end."""
    during = booking.during
    if booking.status != "confirmed" or not during.start - LATE_FROM <= now < during.end:
        return
    start = during.start + A_LITTLE * (max((now - during.start) // A_LITTLE, 0) + 1)
    yield Interval(start, start + during.length)
    if start < during.end:
        yield Interval(start, during.end)

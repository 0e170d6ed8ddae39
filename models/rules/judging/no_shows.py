"""Who is still waited for: how long a place is kept for somebody who does not check in (R18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from models.rules.bookings.fields import Booked
from models.rules.house.house import House, Space
from models.rules.judging.modes import REFUSES, mode_of
from models.rules.times.interval import civil_date

RULE = "R18"


def kept_for(space: str, day: date, house: House) -> timedelta | None:
    """How long after the start a place is kept for who has not checked in; None: as long as it is booked. A rule that
    only warns gives nothing free."""
    policy = house.policy(space, day)
    if not policy.auto_release_minutes or mode_of(RULE, policy, house, day) != REFUSES:
        return None
    return timedelta(minutes=policy.auto_release_minutes)


def is_no_show(booking: Booked, house: House, now: datetime) -> bool:
    """Nobody checked in, and the time to do so is over. It counts from the start, or from the last change that came
    later: a desk taken at nine for the morning that began at seven is not lost at once."""
    if booking.status != "confirmed":
        return False
    kept = kept_for(booking.space, civil_date(booking.during.start, house.zone), house)
    return kept is not None and max(booking.during.start, booking.changed_at) + kept <= now


def spaces_that_release(days: Iterable[date], house: House) -> list[Space]:
    """Those of which a booking on one of these dates may be given free."""
    days = tuple(days)
    return [space for space in house.spaces.values() if any(kept_for(space.code, day, house) for day in days)]

"""The bookings of the last weeks, to be asked once more of a house as it might be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from models.queries.bookings import all_bookings, people_of
from models.rules.bookings.attendance import ONCE_STOOD
from models.rules.changes.change import Change
from models.rules.house.house import House
from models.rules.house.quota import period_of
from models.rules.plans.rehearsal import Rehearsal, replay, replayable
from models.rules.times.interval import Interval, civil_date, civil_day
from models.tables.booking import Booking
from models.tables.db import db

LOOKS_BACK = 90
MOST_REPLAYED = 20_000  # of more, fewer days are looked back on
A_PAGE = 2000


def rehearsed(
    changes: Sequence[Change], house: House, now: datetime, days: int = LOOKS_BACK, within: frozenset[str] | None = None
) -> Rehearsal:
    """What these changes would have refused of the bookings of so many days until now, had they held all that time.
    `within`: only of these spaces; None: of all that the changes touch.

    Bookings that were cancelled or declined are left out. One query, one for each 2,000 bookings, one for each 500
    people; at most some 20,000 bookings are read.
    """
    today = civil_date(now, house.zone)
    changes = replayable(changes, today)
    if not changes:
        return Rehearsal(today - timedelta(days=days), (), ())
    spaces = _within_reach(changes, house, within)
    number = _number_of(Interval(civil_day(today - timedelta(days=days), house.zone).start, now), spaces)
    if number > MOST_REPLAYED:
        days = max(1, days * MOST_REPLAYED // number)
    first = today - timedelta(days=days)
    month = period_of("month", first, house.zone)
    assert month is not None, "only what is held at once has no period"
    bookings = list(all_bookings(Interval(month.start, now), spaces, ONCE_STOOD, A_PAGE))
    return replay(bookings, people_of(bookings), house, replayable(changes, first), first)


def _within_reach(changes: Sequence[Change], house: House, within: frozenset[str] | None) -> list[int] | None:
    """The numbers of the spaces in which a booking can be affected; None: all of them."""
    codes = frozenset().union(*(change.spaces(house) for change in changes))
    codes = codes if within is None else codes & within
    return None if len(codes) == len(house.spaces) else sorted(house.spaces[code].id for code in codes)


def _number_of(during: Interval, spaces: Collection[int] | None) -> int:
    asked = (
        select(func.count())
        .select_from(Booking)
        .where(Booking.starts_at >= during.start, Booking.starts_at < during.end, Booking.status.in_(ONCE_STOOD))
    )
    return db.session.execute(asked if spaces is None else asked.where(Booking.space_id.in_(spaces))).scalar_one()

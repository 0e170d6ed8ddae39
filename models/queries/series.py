"""Series as they were asked for; their dates are bookings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from models.queries.reading import pages
from models.rules.times.interval import Interval
from models.tables.booking import Series
from models.tables.db import db

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SeriesAsked:
    """`first`: the first date of the rule, whether or not it could be booked. `space`: that asked for, by id."""

    uid: str
    rule: str
    first: Interval
    space_id: int


def series_by_uid(uids: Collection[str]) -> dict[str, SeriesAsked]:
    """Those that exist; one query per 500."""
    return {
        row.uid: SeriesAsked(row.uid, row.rule, Interval(row.starts_at, row.ends_at), row.space_id)
        for page in pages(sorted(set(uids)), MOST_AT_ONCE)
        for row in db.session.scalars(select(Series).where(Series.uid.in_(page)))
    }

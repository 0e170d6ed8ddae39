"""Series as they were asked for; their dates are bookings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from models.rules.interval import Interval
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
    wanted, found = sorted(set(uids)), {}
    for start in range(0, len(wanted), MOST_AT_ONCE):
        rows = db.session.execute(select(Series).where(Series.uid.in_(wanted[start:start + MOST_AT_ONCE]))).scalars()
        found |= {row.uid: SeriesAsked(row.uid, row.rule, Interval(row.starts_at, row.ends_at), row.space_id)
                  for row in rows}
    return found

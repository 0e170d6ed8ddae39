"""What a counter's half-day is on one date, whatever the weeks' pattern says."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.queries.roster import day_row
from models.rules.roster.duties import HalfDay
from models.tables.db import db
from models.tables.roster import RosterDay


class HalfDayThen(NamedTuple):
    day: date
    half_day: HalfDay
    counter_id: int


def say_of_the_day(then: HalfDayThen, service_id: int | None, person_id: int | None) -> None:
    """Call within a write transaction. Without a service: no duty; without a person: one that nobody has yet."""
    row = day_row(then.counter_id, then.day, then.half_day)
    if row is None:
        row = RosterDay(**then._asdict(), version=0)
        db.session.add(row)
    row.service_id, row.person_id, row.version = service_id, person_id, row.version + 1
    db.session.flush()

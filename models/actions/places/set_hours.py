"""Replace the week of a building, zone or space: whole, or not at all."""

from __future__ import annotations

from datetime import date

from models.actions.record import record_change
from models.queries.hours import hours_rows
from models.rules.changes.hours import Period, SetHours, remaining
from models.rules.house.house import House
from models.rules.people.person import By, Why
from models.tables.db import db
from models.tables.hours import OpeningHours

_KEPT = ("scope_type", "scope_code", "weekday", "week_of_month", "opens_minute", "closes_minute", "kind", "label_nl")


def set_hours(change: SetHours, _house: House, by: By, why: Why) -> None:
    """Rows that held before its first day, or hold after its last, stay for those days, so that each booking is judged
    by the hours of its own date."""
    for row in hours_rows(change.place):
        _cut(row, change.since, change.last)
    db.session.add_all(
        OpeningHours(
            scope_type=change.place.sort,
            scope_code=change.code,
            weekday=row.weekday,
            week_of_month=row.week_of_month,
            opens_minute=row.opens,
            closes_minute=row.closes,
            kind=row.kind,
            label_nl=row.label,
            valid_from=change.first,
            valid_to=change.last,
        )
        for row in change.rows
    )
    record_change(
        "set_hours",
        change,
        by,
        why,
        rows=[[row.weekday, row.week_of_month, row.opens, row.closes, row.kind] for row in change.rows],
    )


def _cut(row: OpeningHours, first: date, last: date | None) -> None:
    """Take the days that get another week out of a row's; a row may go on before them, after them, or both."""
    left = remaining(Period(row.valid_from, row.valid_to, ()), first, last)
    if not left:
        db.session.delete(row)
        return
    if (left[0].first, left[0].last) != (row.valid_from, row.valid_to):
        row.valid_from, row.valid_to, row.version = left[0].first, left[0].last, row.version + 1
    for period in left[1:]:
        db.session.add(
            OpeningHours(**{name: getattr(row, name) for name in _KEPT}, valid_from=period.first, valid_to=period.last)
        )

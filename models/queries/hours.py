"""Weekly hours of a place and closing days as they are kept, for whoever sets, lists or shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, or_, select

from models.queries.read_house import closing_days, names_of
from models.queries.reading import to_change
from models.rules.changes.hours import Period, WeekRow, periods
from models.rules.house.house import Names
from models.rules.times.hours import Closure as ClosureDay
from models.rules.times.hours import Scope
from models.tables.db import db
from models.tables.hours import Closure, OpeningHours, closure_organisation


@dataclass(frozen=True, slots=True)
class KeptClosure:
    """A closing day with what only its keepers need: its number, the version that an editor saw, all its names."""

    id: int
    version: int
    names: Names
    day: ClosureDay


def hours_rows(scope: Scope) -> list[OpeningHours]:
    """Every row that a place ever had or will have: one query."""
    sort, code = scope
    return list(to_change(select(OpeningHours).filter_by(scope_type=sort, scope_code=code).order_by(OpeningHours.id)))


def weeks_of(scope: Scope) -> tuple[Period, ...]:
    """A place's weeks in the order in which they hold; none where it never had hours of its own. One query."""
    return periods(map(_held, hours_rows(scope)))


def all_weeks() -> dict[Scope, tuple[Period, ...]]:
    """The weeks of every place that has hours of its own: one query."""
    rows = defaultdict(list)
    for row in db.session.execute(select(OpeningHours).order_by(OpeningHours.id)).scalars():
        rows[row.scope_type, row.scope_code].append(_held(row))
    return {scope: periods(held) for scope, held in rows.items()}


def _held(row: OpeningHours) -> Period:
    return Period(
        row.valid_from,
        row.valid_to,
        (WeekRow(row.weekday, row.opens_minute, row.closes_minute, row.kind, row.week_of_month, row.label_nl),),
    )


def closures_between(
    first: date, last: date, *, after: tuple[date, int] | None = None, limit: int = 1000
) -> list[KeptClosure]:
    """Closing days from one date to another, both included, in order. `after`: day and number of the last one of the
    page before. Two queries."""
    question = select(Closure).where(Closure.day.between(first, last))
    if after is not None:
        day, number = after
        question = question.where(or_(Closure.day > day, and_(Closure.day == day, Closure.id > number)))
    return _kept(question.order_by(Closure.day, Closure.id).limit(limit))


def closures_by_id(ids: Collection[int]) -> list[KeptClosure]:
    """In order of day. Two queries."""
    return _kept(select(Closure).where(Closure.id.in_(ids)).order_by(Closure.day, Closure.id))


def kept_closure(closure_id: int) -> KeptClosure | None:
    return next(iter(closures_by_id([closure_id])), None)


def _kept(question: Select) -> list[KeptClosure]:
    rows = list(to_change(question))
    return [
        KeptClosure(row.id, row.version, names_of(row), day)
        for row, day in zip(
            rows,
            closing_days(
                rows, db.session.connection(), closure_organisation.c.closure_id.in_([row.id for row in rows])
            ),
            strict=True,
        )
    ]

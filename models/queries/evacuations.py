"""Evacuations and drills: the one that runs, those that were, and what was ticked off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased

from models.queries.reading import to_change
from models.rules.presence import evacuation as rules
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.presence import Evacuation, EvacuationLine, EvacuationMark

_Starter, _Ender = aliased(PersonRow), aliased(PersonRow)
_EVACUATION = (
    select(
        Evacuation.id,
        Evacuation.handle,
        Evacuation.building,
        Evacuation.sort,
        Evacuation.started_at,
        _Starter.display_name,
        Evacuation.ended_at,
        _Ender.display_name,
    )
    .outerjoin(_Starter, _Starter.id == Evacuation.started_by_id)
    .outerjoin(_Ender, _Ender.id == Evacuation.ended_by_id)
    .order_by(Evacuation.started_at.desc(), Evacuation.id.desc())
)
MOST, MOST_BEFORE = 100, 10
# Of a line, the mark that stands: what was said last, of two at the same moment the one that came in last.
_STANDS = (
    select(EvacuationMark.id)
    .where(EvacuationMark.evacuation_id == EvacuationLine.evacuation_id, EvacuationMark.key == EvacuationLine.key)
    .order_by(EvacuationMark.at.desc(), EvacuationMark.id.desc())
    .limit(1)
    .correlate(EvacuationLine)
    .scalar_subquery()
)


def evacuation(handle: str | int) -> rules.Evacuation | None:
    """By its handle or, within the house, its number."""
    return _first((Evacuation.id if isinstance(handle, int) else Evacuation.handle) == handle)


def running_in(building: str) -> rules.Evacuation | None:
    return _first((Evacuation.building == building) & Evacuation.ended_at.is_(None))


def evacuations_of(building: str) -> list[rules.Evacuation]:
    """The last hundred, newest first."""
    rows = db.session.execute(_EVACUATION.where(Evacuation.building == building).limit(MOST))
    return [rules.Evacuation(*row) for row in rows]


def unsettled_in(numbers: Iterable[int]) -> dict[int, rules.Unsettled]:
    """What is still open, or was when it ended, in each. One query."""
    line, mark = EvacuationLine, EvacuationMark
    is_open, is_zone = mark.mark.is_(None) | (mark.mark == "open"), line.sort == "zone"
    rows = db.session.execute(
        select(
            line.evacuation_id,
            func.sum(func.coalesce(mark.missing, 0)),
            func.sum(case((is_open & ~is_zone, 1), else_=0)),
            func.sum(case((is_open & is_zone, 1), else_=0)),
        )
        .outerjoin(mark, mark.id == _STANDS)
        .where(line.evacuation_id.in_(list(numbers)))
        .group_by(line.evacuation_id)
        .order_by(line.evacuation_id)
    )
    return defaultdict(rules.Unsettled, {number: rules.Unsettled(*found) for number, *found in rows})


def evacuations_before(one: rules.Evacuation) -> list[rules.Evacuation]:
    """The last ten of the same sort in its building, newest first."""
    rows = db.session.execute(
        _EVACUATION.where(
            Evacuation.building == one.building,
            Evacuation.sort == one.sort,
            Evacuation.started_at <= one.started_at,
            Evacuation.id < one.id,
        ).limit(MOST_BEFORE)
    )
    return [rules.Evacuation(*row) for row in rows]


def evacuation_row(number: int) -> Evacuation | None:
    return to_change(select(Evacuation).where(Evacuation.id == number)).one_or_none()


def running_row(building: str) -> Evacuation | None:
    return to_change(select(Evacuation).filter_by(building=building, ended_at=None)).one_or_none()


def lines_of(number: int) -> list[rules.ToClear]:
    """The whole list with what was last ticked off on each line. One query."""
    return lines_in([number]).get(number, [])


def lines_in(numbers: Iterable[int]) -> dict[int, list[rules.ToClear]]:
    """The same of several, by number. One query."""
    return _lines(EvacuationLine.evacuation_id.in_(list(numbers)))


def line_of(number: int, key: str) -> rules.ToClear | None:
    found = _lines((EvacuationLine.evacuation_id == number) & (EvacuationLine.key == key))
    return found[number][0] if found else None


def last_mark(number: int) -> int:
    """The number of the newest mark, 0 without any: whether somebody ticked off anything since."""
    return db.session.execute(
        select(func.coalesce(func.max(EvacuationMark.id), 0)).where(EvacuationMark.evacuation_id == number)
    ).scalar_one()


def client_keys_in(number: int, keys: Collection[str]) -> frozenset[str | None]:
    """Which of these ticks came in before."""
    mark = EvacuationMark
    return frozenset(
        db.session.execute(
            select(mark.client_key).where(mark.evacuation_id == number, mark.client_key.in_(keys))
        ).scalars()
    )


def number_added(number: int) -> int:
    """How many people were added who were not on the list."""
    line = EvacuationLine
    return db.session.execute(
        select(func.count()).where(line.evacuation_id == number, line.sort == "added")
    ).scalar_one()


def added_described(before: datetime) -> list[int]:
    """The evacuations begun before then, in which somebody who was added is still described."""
    line = EvacuationLine
    return list(
        db.session.execute(
            select(line.evacuation_id)
            .distinct()
            .join(Evacuation, Evacuation.id == line.evacuation_id)
            .where(line.description.is_not(None), Evacuation.started_at < before)
            .order_by(line.evacuation_id)
        ).scalars()
    )


def late_marks(found: rules.Evacuation) -> int:
    """How many ticks came in after the end, from telephones that had no network."""
    mark = EvacuationMark
    return db.session.execute(
        select(func.count()).where(mark.evacuation_id == found.id, mark.received_at > found.ended_at)
    ).scalar_one()


def keys_marked_since(number: int, mark: int) -> frozenset[str]:
    return frozenset(
        db.session.execute(
            select(EvacuationMark.key).where(EvacuationMark.evacuation_id == number, EvacuationMark.id > mark)
        ).scalars()
    )


def _lines(condition: ColumnElement[bool]) -> dict[int, list[rules.ToClear]]:
    line, mark = EvacuationLine, EvacuationMark
    rows = db.session.execute(
        select(
            line.evacuation_id,
            mark.mark,
            mark.missing,
            mark.at,
            PersonRow.display_name,
            line.key,
            line.sort,
            line.zone,
            line.space,
            line.persons,
            line.wheelchair,
            line.booking_id,
            line.description,
        )
        .outerjoin(mark, mark.id == _STANDS)
        .outerjoin(PersonRow, PersonRow.id == mark.by_id)
        .where(condition)
        .order_by(line.evacuation_id, line.zone, line.space, line.key)
    )
    found: dict[int, list[rules.ToClear]] = defaultdict(list)
    for number, name, missing, at, by, *facts in rows:
        found[number].append(replace(rules.ToClear(*facts), mark=_standing(name, missing, at, by)))
    return found


def _standing(mark: str | None, missing: int, at: datetime, by: str | None) -> rules.Mark | None:
    return None if mark in (None, "open") else rules.Mark(mark, missing, at, by)


def _first(condition: ColumnElement[bool]) -> rules.Evacuation | None:
    row = db.session.execute(_EVACUATION.where(condition).limit(1)).first()
    return rules.Evacuation(*row) if row else None

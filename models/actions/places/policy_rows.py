"""The rows that keep a space's policy from day to day: one that holds is copied, not edited, so that earlier bookings
are judged by what held for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from models.queries.policies import policy_rows
from models.rules.changes.spaces import OfASpace
from models.rules.house.house import House
from models.rules.house.timeline import A_DAY
from models.rules.people.person import By, Person
from models.tables.db import db
from models.tables.space import LayoutCapacity, SpacePolicyRow

COPIED = [
    column.name
    for column in SpacePolicyRow.__table__.columns
    if column.name not in ("id", "valid_from", "version", "reason", "set_by_id", "set_at")
]


def rows_of(change: OfASpace, house: House, by: By, reason: str) -> Iterator[SpacePolicyRow]:
    """Those that hold during a change, for it to be written into. On the day after its last holds what would have held
    anyway."""
    space_id = house.spaces[change.code].id
    if change.last is not None:
        rows_from(policy_rows(space_id), change.last + A_DAY, reason, *by)
        db.session.flush()
    for row in rows_from(policy_rows(space_id), change.since, reason, *by):
        if change.last is None or row.valid_from <= change.last:
            row.version = (row.version or 0) + 1
            yield row
    db.session.flush()


def rows_from(
    rows: Sequence[SpacePolicyRow], day: date, reason: str, person: Person | None, now: datetime
) -> list[SpacePolicyRow]:
    """Of all rows of a space those that hold from `day` on, the first of them beginning on it. `person`: None for
    whoever imports by a command."""
    before = [row for row in rows if row.valid_from <= day] or rows[:1]
    current = before[-1]
    if current.valid_from != day:
        copy = SpacePolicyRow(
            **{name: getattr(current, name) for name in COPIED},
            valid_from=day,
            set_at=now,
            capacities=[LayoutCapacity(layout=each.layout, places=each.places) for each in current.capacities],
        )
        db.session.add(copy)
        current = copy
    current.reason, current.set_by_id, current.set_at = reason, person.id if person else None, now
    return [current, *(row for row in rows if row.valid_from > day)]


def put_places(row: SpacePolicyRow, capacities: Mapping[str, int | None]) -> None:
    """Single layouts of a row; None: no longer offered."""
    offered = {each.layout: each for each in row.capacities}
    for layout, places in capacities.items():
        if places is None:
            if layout in offered:
                row.capacities.remove(offered[layout])
        elif layout in offered:
            offered[layout].places = places
        else:
            row.capacities.append(LayoutCapacity(layout=layout, places=places))

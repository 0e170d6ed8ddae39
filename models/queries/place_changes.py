"""Who changed how many people a place may hold, since somebody last looked at it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from models.tables.db import db
from models.tables.log import AuditEntry
from models.tables.person import PersonRow

CHANGES_A_PLACE = (
    "change_capacity",
    "set_limit",
    "set_hours",
    "apply_plan",
    "change_policy",
    "retire_space",
    "restore_space",
    "change_space",
    "change_zone",
    "set_line",
    "set_rule",
    "set_quota",
    "set_precedence",
)
CHANGES_EVERYTHING = "import_building"


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """`by`: the name of who did it, None for an import. `facts`: what was set, as the log holds it."""

    id: int
    at: datetime
    action: str
    by: str | None
    facts: Mapping


def last_change(thing: str, code: str) -> int:
    """The number of the last change of a space, zone, floor or building; 0 where there was none. One query."""
    return db.session.execute(select(func.max(AuditEntry.id)).where(_of([(thing, code)]))).scalar() or 0


def changes_after(thing: str, code: str, seen: int, limit: int = 20) -> list[PlaceChange]:
    """What happened to a place after the change numbered `seen`, oldest first. One query."""
    return [change for _code, change in changed_since([(thing, code)], seen, limit)]


def last_change_of_all() -> int:
    """The number of the last change of any place; 0 where there was none. One query."""
    return (
        db.session.execute(
            select(func.max(AuditEntry.id)).where(AuditEntry.action.in_((*CHANGES_A_PLACE, CHANGES_EVERYTHING)))
        ).scalar()
        or 0
    )


def changed_since(things: Collection[tuple[str, str]], seen: int, limit: int = 100) -> list[tuple[str, PlaceChange]]:
    """Code and change of each of these things after the change numbered `seen`, oldest first; of an import, the code is
    empty. One query."""
    question = (
        select(AuditEntry, PersonRow.display_name)
        .outerjoin(PersonRow, PersonRow.id == AuditEntry.actor_id)
        .where(AuditEntry.id > seen, _of(things))
        .order_by(AuditEntry.id)
        .limit(limit)
    )
    return [
        (
            "" if entry.action == CHANGES_EVERYTHING else entry.thing_id,
            PlaceChange(entry.id, entry.at, entry.action, by, entry.facts),
        )
        for entry, by in db.session.execute(question)
    ]


def _of(things: Collection[tuple[str, str]]) -> ColumnElement[bool]:
    codes: dict[str, set[str]] = {}
    for thing, code in things:
        codes.setdefault(thing, set()).add(code)
    return or_(
        AuditEntry.action == CHANGES_EVERYTHING,
        and_(
            AuditEntry.action.in_(CHANGES_A_PLACE),
            or_(
                false(),
                *(
                    and_(AuditEntry.thing == thing, AuditEntry.thing_id.in_(sorted(named)))
                    for thing, named in codes.items()
                ),
            ),
        ),
    )

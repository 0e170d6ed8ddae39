"""Who changed how many people a place may hold, since somebody last looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select

from models.tables.db import db
from models.tables.log import AuditEntry
from models.tables.person import PersonRow

CHANGES_A_PLACE = ("change_capacity", "set_limit", "set_hours", "apply_plan", "change_policy", "retire_space",
                   "restore_space", "change_space", "change_zone", "set_rule", "set_quota", "set_precedence")
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
    return db.session.execute(_changes(func.max(AuditEntry.id), thing, code)).scalar() or 0


def changes_after(thing: str, code: str, seen: int, limit: int = 20) -> list[PlaceChange]:
    """What happened to a place after the change numbered `seen`, oldest first. One query."""
    question = (_changes(AuditEntry, thing, code).add_columns(PersonRow.display_name)
                .outerjoin(PersonRow, PersonRow.id == AuditEntry.actor_id)
                .where(AuditEntry.id > seen).order_by(AuditEntry.id).limit(limit))
    return [PlaceChange(entry.id, entry.at, entry.action, by, entry.facts)
            for entry, by in db.session.execute(question)]


def _changes(what, thing: str, code: str) -> Select:
    return select(what).where(or_(
        and_(AuditEntry.thing == thing, AuditEntry.thing_id == code, AuditEntry.action.in_(CHANGES_A_PLACE)),
        AuditEntry.action == CHANGES_EVERYTHING))

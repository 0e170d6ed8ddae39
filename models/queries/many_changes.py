"""What somebody else did to any of many places since a page was opened."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, func, or_, select

from models.queries.place_changes import CHANGES_A_PLACE, CHANGES_EVERYTHING, PlaceChange
from models.tables.db import db
from models.tables.log import AuditEntry
from models.tables.person import PersonRow


def last_change_of_all() -> int:
    """The number of the last change of any place; 0 where there was none. One query."""
    return db.session.execute(select(func.max(AuditEntry.id)).where(
        AuditEntry.action.in_((*CHANGES_A_PLACE, CHANGES_EVERYTHING)))).scalar() or 0


def changed_since(thing: str, codes: Collection[str], seen: int, limit: int = 100) -> list[tuple[str, PlaceChange]]:
    """Code and change of each of these things after the change numbered `seen`, oldest first; of an import, the code is
    empty. One query."""
    question = (select(AuditEntry, PersonRow.display_name).outerjoin(PersonRow, PersonRow.id == AuditEntry.actor_id)
                .where(AuditEntry.id > seen, or_(
                    and_(AuditEntry.thing == thing, AuditEntry.thing_id.in_(sorted(codes)),
                         AuditEntry.action.in_(CHANGES_A_PLACE)),
                    AuditEntry.action == CHANGES_EVERYTHING))
                .order_by(AuditEntry.id).limit(limit))
    return [("" if entry.action == CHANGES_EVERYTHING else entry.thing_id,
             PlaceChange(entry.id, entry.at, entry.action, by, entry.facts))
            for entry, by in db.session.execute(question)]

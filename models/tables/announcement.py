"""What the house has to tell whoever comes: works, an event in the square, a lift that stands still."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import Base, Edited, Named, Numbered, UtcDateTime


class Announcement(Numbered, Named, Edited, Base):
    """Its words stand in the columns of a name, one for each language. Without a scope it is about every building.

    `valid_from` and `valid_to` are the dates it is about, the last one included; `ended_at`: when somebody took it
    back before its time.
    """

    scope_type: Mapped[str | None]
    scope_code: Mapped[str | None]
    level: Mapped[str] = mapped_column(default="info")
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("scope_type IN ('building', 'floor', 'zone')", name="scope_known"),
        CheckConstraint("(scope_type IS NULL) = (scope_code IS NULL)", name="scope_whole"),
        CheckConstraint("level IN ('info', 'warning')", name="level_known"),
        CheckConstraint("valid_to >= valid_from", name="ends_after_it_starts"),
    )

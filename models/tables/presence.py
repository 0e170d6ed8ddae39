"""Who is in the building now, as far as somebody counted: open spaces, and the list that wardens tick off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import UtcDateTime, db


class SpaceCount(db.Model):
    """How many people were in an open space at a moment, by tally or sensor. Numbers, never names."""

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    persons: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    counted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        CheckConstraint("persons >= 0 AND persons <= 100000", name="persons_sane"),
        Index("ix_space_count_space_id_at", "space_id", "at"),
    )

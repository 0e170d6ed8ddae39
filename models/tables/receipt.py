"""On what each decision was taken, so that it can be explained and taken again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import Base, Handled, Numbered, UtcDateTime


class Rulebook(Numbered, Base):
    """What held for one space at one revision of the house: policy, rules, limits, hours. Written once, by the first
    decision that was taken on it."""

    revision: Mapped[int]
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    content: Mapped[dict] = mapped_column(JSON)

    __table_args__ = (UniqueConstraint("revision", "space_id"),)


class ReceiptRow(Handled, Base):
    """One decision on a wish: accepted, refused, displaced, declined, … `facts`: the wish and the counts it met,
    without a name; `reasons`: what was said. `booking_id` null: nothing came of it."""

    __tablename__ = "receipt"

    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), index=True)
    rulebook_id: Mapped[int] = mapped_column(ForeignKey("rulebook.id"))
    decision: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    facts: Mapped[dict] = mapped_column(JSON)
    reasons: Mapped[list] = mapped_column(JSON, default=list)

    __table_args__ = (Index("ix_receipt_at", "at"),)

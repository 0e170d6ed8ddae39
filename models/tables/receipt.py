"""On what each decision was taken, so that it can be explained and taken again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import Base, Handled, Numbered, UtcDateTime

# How a row is written: with names in it, as once; in no way that can still be read; without any name.
WITH_NAMES, UNREADABLE, NAMELESS = 1, 0, 2


def _still_with_names(table: str) -> Index:
    """The rows that the worker has still to write anew: none, once it has."""
    where = text(f"shape = {WITH_NAMES}")
    return Index(f"ix_{table}_with_names", "id", sqlite_where=where, postgresql_where=where)


class Rulebook(Numbered, Base):
    """What held for one space at one revision of the house: policy, rules, limits, hours. Written once, by the first
    decision that was taken on it."""

    revision: Mapped[int]
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    content: Mapped[dict] = mapped_column(JSON)
    shape: Mapped[int] = mapped_column(default=NAMELESS, server_default=str(WITH_NAMES))

    __table_args__ = (UniqueConstraint("revision", "space_id"), _still_with_names("rulebook"))


class ReceiptRow(Handled, Base):
    """One decision on a wish: accepted, refused, displaced, declined, … `facts`: the wish and the counts it met, and
    nobody in it; `reasons`: what was said. `booking_id` null: nothing came of it. Who it was is the other half: of a
    booking it stands there, of a refusal in `actor_id`, who asked, and `asked_for_id`, until that is forgotten."""

    __tablename__ = "receipt"

    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), index=True)
    rulebook_id: Mapped[int] = mapped_column(ForeignKey("rulebook.id"))
    decision: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    facts: Mapped[dict] = mapped_column(JSON)
    reasons: Mapped[list] = mapped_column(JSON, default=list)
    shape: Mapped[int] = mapped_column(default=NAMELESS, server_default=str(WITH_NAMES))

    __table_args__ = (Index("ix_receipt_at", "at"), _still_with_names("receipt"))

"""Who is in the building now, as far as somebody counted: open spaces, and the list that wardens tick off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import Base, Handled, Numbered, UtcDateTime

RUNNING = text("ended_at IS NULL")


class SpaceCount(Numbered, Base):
    """How many people were in an open space at a moment, by tally or sensor. Numbers, never names."""

    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    persons: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    counted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        CheckConstraint("persons >= 0 AND persons <= 100000", name="persons_sane"),
        Index("ix_space_count_space_id_at", "space_id", "at"),
        Index("ix_space_count_at", "at"),
    )


class Evacuation(Handled, Base):
    """A building that was left, in earnest or as a drill, or a list that was tried out. One at a time in a building.
    Places stand here by their code: the report outlives a space that is pulled down."""

    building: Mapped[str]
    sort: Mapped[str] = mapped_column(default="live", server_default="live")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        CheckConstraint("ended_at >= started_at", name="ends_after_it_starts"),
        CheckConstraint("sort IN ('live', 'drill', 'test')", name="sort_known"),
        Index("uq_evacuation_running", "building", unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING),
    )


class EvacuationLine(Base):
    """A line of the list as it stood when the evacuation began: people in a space, or a zone to be searched. No names:
    they are read from the booking, and only for as long as the list is true. Of somebody who was not on the list
    (`added`) it holds who that is, and is emptied when the evacuation ends."""

    evacuation_id: Mapped[int] = mapped_column(ForeignKey("evacuation.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    sort: Mapped[str]
    zone: Mapped[str]
    space: Mapped[str | None]
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id", ondelete="SET NULL"))
    persons: Mapped[int] = mapped_column(default=0)
    wheelchair: Mapped[int] = mapped_column(default=0)
    description: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("sort IN ('checked_in', 'expected', 'counted', 'unknown', 'zone', 'added')", name="sort_known"),
        CheckConstraint("persons >= 0", name="persons_not_negative"),
    )


class EvacuationMark(Numbered, Base):
    """What a warden ticked off on a line, `at` when they did. The latest of a line holds; the others stay as they were.

    `client_key`: what the telephone calls it, so that it comes in once however often it is sent. `received_at`: when it
    came in, where it waited on the telephone for the network.
    """

    evacuation_id: Mapped[int]
    key: Mapped[str]
    mark: Mapped[str]
    missing: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    client_key: Mapped[str | None]
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("mark IN ('out', 'empty', 'missing', 'open')", name="mark_known"),
        CheckConstraint("(mark = 'missing') = (missing > 0)", name="missing_said"),
        ForeignKeyConstraint(
            ["evacuation_id", "key"], ["evacuation_line.evacuation_id", "evacuation_line.key"], ondelete="CASCADE"
        ),
        Index("ix_evacuation_mark_evacuation_id_key", "evacuation_id", "key"),
        Index("uq_evacuation_mark_client_key", "evacuation_id", "client_key", unique=True),
    )

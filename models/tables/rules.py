"""What the building's own people rule beside the 23 rules: quotas, precedence, and what is out of order."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import Base, Coded, Edited, Numbered, SetBySomebody


class QuotaRow(Numbered, Edited, SetBySomebody, Base):
    """How much may be booked: `amount` of `measure` in each `period` ("held": at once, whatever the date).

    `scope_type` person or role: each person has it alone (no code: everyone); service or organisation: a budget that
    its people share. `kind` null: over all kinds. `valid_to` is the last day on which it holds.
    """

    __tablename__ = "quota"

    scope_type: Mapped[str]
    scope_code: Mapped[str | None]
    kind: Mapped[str | None]
    measure: Mapped[str]
    period: Mapped[str]
    amount: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("scope_type IN ('person', 'role', 'service', 'organisation')", name="scope_known"),
        CheckConstraint("scope_type = 'person' OR scope_code IS NOT NULL", name="scope_whole"),
        CheckConstraint("measure IN ('bookings', 'hours', 'half_days')", name="measure_known"),
        CheckConstraint("period IN ('day', 'week', 'month', 'held')", name="period_known"),
        CheckConstraint("kind IN ('meeting_room', 'desk', 'booth', 'counter', 'meeting_space')", name="kind_known"),
        CheckConstraint("amount >= 0", name="not_negative"),
        CheckConstraint("valid_to >= valid_from", name="ends_after_it_starts"),
    )


class PrecedenceRow(Coded, SetBySomebody, Base):
    """A body that comes before others. The lowest rank first; whoever holds `role` may claim in its name, up to
    `notice_days` before; later it must ask the holder."""

    __tablename__ = "precedence"

    rank: Mapped[int]
    role: Mapped[str]
    notice_days: Mapped[int] = mapped_column(default=14)

    __table_args__ = (
        CheckConstraint("rank > 0", name="rank_positive"),
        CheckConstraint("notice_days >= 0", name="notice_not_negative"),
    )


class OutageRow(Numbered, Edited, SetBySomebody, Base):
    """Something that does not work: an `item` of a space (equipment, hearing_loop, panic_button, ventilation), or the
    lift of a building. `valid_to` is the last day of it; null: until somebody says that it is mended."""

    __tablename__ = "outage"

    scope_type: Mapped[str]
    scope_code: Mapped[str]
    item: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("scope_type IN ('space', 'building')", name="scope_known"),
        CheckConstraint("valid_to >= valid_from", name="ends_after_it_starts"),
        Index("ix_outage_scope", "scope_type", "scope_code"),
    )

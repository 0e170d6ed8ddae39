"""A change of the house as a plan: whom it displaces, where each would go, and whether they have been told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import Base, Edited, Handled, Numbered, UtcDateTime


class PlanRow(Handled, Edited, Base):
    """`changes`: as the API takes them. Nothing of the house is otherwise until it is applied, whole.

    `mends_id`: the applied plan whose outage is over, and whose bookings return. `is_partial`: more bookings lie in its
    reach than one plan looks at. `news`: what it found otherwise when it was last worked out anew. `booking_id`: what
    a claim of a taken space became.

    `part_of_id`: it is the part of that plan which the people of `for_organisation_id` see to, `ready_at` the moment at
    which they said that it is as they want it. `due_at`: until when a plan waits for its parts, from the first time on
    that it was to be applied; as long as it waits `applied_by_id` is who wants it.
    """

    __tablename__ = "plan"

    changes: Mapped[list] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="draft")
    mends_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"), index=True)
    for_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    is_partial: Mapped[bool] = mapped_column(default=False)
    news: Mapped[list] = mapped_column(JSON, default=list)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id", ondelete="SET NULL"), index=True)

    __table_args__ = (CheckConstraint("status IN ('draft', 'applied', 'discarded')", name="status_known"),)


class PlanMove(Numbered, Base):
    """One booking that a plan displaces. `to_space_id` null: no place was found, it stays and stands above the limit.

    `booking_version`: the one that was judged. `waits`: it would await somebody's word there. `hurdles`: why not even
    the nearest place accepts it. `told`: how its people hear of it once the plan is applied: by mail, or
    by somebody who ticks them off (to_tell, then reached or unreachable).
    """

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"))
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), index=True)
    booking_version: Mapped[int]
    reasons: Mapped[list] = mapped_column(JSON)
    from_space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    from_layout: Mapped[str]
    to_space_id: Mapped[int | None] = mapped_column(ForeignKey("space.id", ondelete="SET NULL"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    layout: Mapped[str | None]
    waits: Mapped[bool] = mapped_column(default=False)
    hurdles: Mapped[list] = mapped_column(JSON, default=list)
    nearest_id: Mapped[int | None] = mapped_column(ForeignKey("space.id", ondelete="SET NULL"))
    by_hand: Mapped[bool] = mapped_column(default=False)
    consent: Mapped[str | None]
    told: Mapped[str | None]
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("plan_id", "booking_id"),
        CheckConstraint("consent IN ('asked', 'given', 'refused')", name="consent_known"),
        CheckConstraint("told IN ('mail', 'to_tell', 'reached', 'unreachable')", name="told_known"),
        Index("ix_plan_move_told", "told"),
        Index("ix_plan_move_consent", "consent"),
    )

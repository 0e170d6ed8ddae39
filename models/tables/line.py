"""Who waits in the line of a zone, and each change of their state."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from models.rules.line.outcomes import OUTCOMES
from models.rules.line.states import STATES
from models.tables.booking import index_where
from models.tables.db import Base, Handled, Numbered, UtcDateTime


class Visit(Handled, Base):
    """One party in the line of a zone on a day, by a number of that day; nobody's name stands here. `booking_id`: of
    the talk that they came for, `due_at` its hour. `place_id`, `person_id`: where and by whom they were called, or are
    waited for. `join_key`: what was pressed, so that a double press is one number. `outcome`: what was done, `others`
    how many services beside. `handled_seconds`: of the talk, its interruptions left out. `forget_on`: the day on which
    what leads to whoever it was goes; None, it has gone."""

    zone_id: Mapped[int] = mapped_column(ForeignKey("zone.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id", ondelete="SET NULL"), unique=True)
    day: Mapped[date]
    number: Mapped[int]
    quantity: Mapped[int] = mapped_column(default=1, server_default="1")
    arrived_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(default="waiting", server_default="waiting")
    state_at: Mapped[datetime] = mapped_column(UtcDateTime)
    calls: Mapped[int] = mapped_column(default=0, server_default="0")
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("space.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    joined_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    join_key: Mapped[str | None] = mapped_column(unique=True)
    urgent: Mapped[bool] = mapped_column(default=False, server_default=false())
    reason: Mapped[str | None]
    outcome: Mapped[str | None]
    others: Mapped[int] = mapped_column(default=0, server_default="0")
    handled_seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    forget_on: Mapped[date | None]

    __table_args__ = (
        UniqueConstraint("day", "number"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome_known"),
        CheckConstraint("quantity >= 1 AND quantity <= 100", name="quantity_sane"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("calls >= 0 AND others >= 0 AND handled_seconds >= 0", name="counts_not_negative"),
        CheckConstraint("NOT urgent OR reason IS NOT NULL", name="urgent_says_why"),
        Index("ix_visit_zone_id_day", "zone_id", "day"),
        Index("ix_visit_service_id_day", "service_id", "day"),
        index_where("ix_visit_forget_on", "forget_on IS NOT NULL", "forget_on"),
    )


class VisitStamp(Numbered, Base):
    """A change of a visit's state: what was done, when, by whom, and what it came to. `reason`: said where somebody
    came out of order."""

    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"))
    verb: Mapped[str]
    state: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("space.id", ondelete="SET NULL"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        Index("ix_visit_stamp_visit_id_at", "visit_id", "at"),
        Index("ix_visit_stamp_at", "at"),
    )

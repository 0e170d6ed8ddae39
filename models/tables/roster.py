"""Who sits at which counter: the pattern of the weeks, what is otherwise on single dates, and who is away."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.rules.roster.duties import HalfDay, Weeks
from models.tables.db import Base, Edited, Numbered

_HALF_DAY_KNOWN = "half_day IN ('am', 'pm')"


class RosterDuty(Numbered, Edited, Base):
    """A counter on a weekday's morning or afternoon, week after week, from `valid_from` to `valid_to`, its last day; so
    that what was, stays. Without a person: a duty that nobody has yet."""

    weekday: Mapped[int]
    half_day: Mapped[HalfDay] = mapped_column(String)
    weeks: Mapped[Weeks] = mapped_column(String)
    counter_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday_known"),
        CheckConstraint(_HALF_DAY_KNOWN, name="half_day_known"),
        CheckConstraint("weeks IN ('all', 'odd', 'even')", name="weeks_known"),
        CheckConstraint("valid_to >= valid_from", name="ends_after_start"),
        UniqueConstraint("counter_id", "weekday", "half_day", "weeks", "valid_from", name="one_at_a_counter"),
    )


class RosterDay(Numbered, Edited, Base):
    """A counter on one date's morning or afternoon, in place of what the pattern says: a duty, one that nobody has yet
    (no person), or none (no service either)."""

    day: Mapped[date]
    half_day: Mapped[HalfDay] = mapped_column(String)
    counter_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    __table_args__ = (
        CheckConstraint(_HALF_DAY_KNOWN, name="half_day_known"),
        CheckConstraint("person_id IS NULL OR service_id IS NOT NULL", name="person_has_a_service"),
        UniqueConstraint("day", "half_day", "counter_id", name="one_on_a_half_day"),
    )


class Absence(Numbered, Base):
    """Leave or illness: the days, both included. Why is nobody's to keep."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    first_day: Mapped[date]
    last_day: Mapped[date]

    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="ends_after_start"),
        Index("ix_absence_last_day", "last_day"),
    )

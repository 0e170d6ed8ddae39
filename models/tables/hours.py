"""When the building is open, to whom, and the days on which an organisation is closed."""

from __future__ import annotations

from datetime import date
from typing import Literal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.rules.times.hours import HoursKind
from models.tables.db import Base, Edited, Named, Numbered
from models.tables.municipality import Organisation


class OpeningHours(Numbered, Edited, Base):
    """One stretch of a weekday, in minutes since local midnight. `valid_to` is the last day on which it holds."""

    scope_type: Mapped[Literal["building", "zone", "space"]] = mapped_column(String)
    scope_code: Mapped[str]
    weekday: Mapped[int]
    week_of_month: Mapped[int | None]
    opens_minute: Mapped[int]
    closes_minute: Mapped[int]
    kind: Mapped[HoursKind] = mapped_column(String)
    label_nl: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("scope_type IN ('building', 'zone', 'space')", name="scope_known"),
        CheckConstraint("kind IN ('staff_access', 'public', 'after_hours', 'protected_break')", name="kind_known"),
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday_known"),
        CheckConstraint("week_of_month BETWEEN 1 AND 5", name="week_of_month_known"),
        CheckConstraint(
            "opens_minute >= 0 AND closes_minute > opens_minute AND closes_minute <= 1440", name="within_a_day"
        ),
        Index("ix_opening_hours_scope", "scope_type", "scope_code"),
    )


closure_organisation = Table(
    "closure_organisation",
    Base.metadata,
    Column("closure_id", ForeignKey("closure.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
)


class Closure(Numbered, Named, Edited, Base):
    """A date on which the listed organisations are closed (none listed: all of them), or open for part of the day."""

    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[str]
    opens_minute: Mapped[int | None]
    closes_minute: Mapped[int | None]

    organisations: Mapped[list[Organisation]] = relationship(secondary=closure_organisation, lazy="raise_on_sql")

    __table_args__ = (CheckConstraint("kind <> 'half_day' OR closes_minute > opens_minute", name="half_day_has_hours"),)

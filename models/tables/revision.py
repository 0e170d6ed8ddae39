"""What changed last, by table, by day of a space and by person. Written only by the triggers of revised.py; there is no
row for what has not changed since the triggers are there. A row outlives what it is about, so that its number grows."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import Base


class TableRevision(Base):
    name: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int]


class SpaceDay(Base):
    """One day of UTC in one space, as far as bookings touch it: its own, and those of what it is a part of."""

    space_id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int]

    __table_args__ = (Index("ix_space_day_space_id_revision", "space_id", "revision"),)


class PersonRevision(Base):
    """The bookings that somebody organises or made."""

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]

"""That somebody is here for a booking, as the reception saw it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.db import Base, UtcDateTime


class Arrival(Base):
    """Nobody's name but that of whoever noted it. `checked_in`: it was checked in by it, and is no more
    where that is taken back."""

    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"), primary_key=True)
    arrived_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    checked_in: Mapped[bool]

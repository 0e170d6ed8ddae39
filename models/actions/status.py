"""Write a new status, with everything that goes with it: a higher SEQUENCE, a new version, the moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from models.tables.booking import Booking
from models.tables.db import db


def set_status(booking_ids: Sequence[int], status: str, now: datetime, *, reason: str | None = None, **also) -> None:
    """Call within a write transaction. The guard's trigger frees or takes the place."""
    db.session.execute(
        update(Booking).where(Booking.id.in_(booking_ids))
        .values(status=status, status_reason=reason, sequence=Booking.sequence + 1, version=Booking.version + 1,
                updated_at=now, **also)
        .execution_options(synchronize_session=False))

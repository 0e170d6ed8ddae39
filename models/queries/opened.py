"""Who opened which talk in confidence, and when."""

from __future__ import annotations

from datetime import datetime

from models.tables.db import db
from models.tables.log import Opened


def has_opened(booking_id: int, person_id: int, hour: datetime) -> bool:
    """Whether it is written down that they looked in the hour that begins then."""
    return db.session.get(Opened, (booking_id, person_id, hour)) is not None

"""Who opened a talk in confidence: one line a person, talk and hour, however often they look."""

from __future__ import annotations

from datetime import datetime

from models.queries.opened import has_opened
from models.tables.db import db
from models.tables.log import Opened
from models.tables.transaction import writes


def note_opened(booking_id: int, person_id: int, now: datetime, *, by_program: bool) -> None:
    """Writes where it does not stand there already; to look needs no lock. Nothing that anybody is shown moves with it:
    no revision, no number."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    is_known = has_opened(booking_id, person_id, hour)
    db.session.rollback()
    if not is_known:
        _note(Opened(booking_id=booking_id, person_id=person_id, hour=hour, at=now, by_program=by_program))


@writes
def _note(line: Opened) -> None:
    if not has_opened(line.booking_id, line.person_id, line.hour):  # they looked in two windows at once
        db.session.add(line)

"""Write down that a round of the worker has ended."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import delete, insert, update

from models.queries.rounds import Round
from models.tables.db import db
from models.tables.log import WorkerRound
from models.tables.transaction import touched, writes

FORGOTTEN_AFTER = timedelta(days=7)


@writes
def note_round(ended: Round) -> None:
    """In the place of the one before. A machine that has not come by for a week is forgotten."""
    values = asdict(ended)
    own = (WorkerRound.job == ended.job, WorkerRound.host == ended.host)
    if not touched(update(WorkerRound).where(*own).values(**values)):
        db.session.execute(insert(WorkerRound).values(**values))
    db.session.execute(delete(WorkerRound).where(WorkerRound.ended_at < ended.ended_at - FORGOTTEN_AFTER))

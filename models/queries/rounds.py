"""When the worker came by, on each machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.tables.db import db
from models.tables.log import WorkerRound


@dataclass(frozen=True, slots=True)
class Round:
    """The last round of a job ("jobs", "mail" or "files") that ended on a machine. `fault`: what failed."""

    job: str
    host: str
    began_at: datetime
    ended_at: datetime
    fault: str | None


def last_rounds() -> list[Round]:
    """Of each job and machine, the newest first. A round that hangs is one that does not come: nothing is written as it
    begins."""
    rows = select(
        WorkerRound.job, WorkerRound.host, WorkerRound.began_at, WorkerRound.ended_at, WorkerRound.fault
    ).order_by(WorkerRound.ended_at.desc(), WorkerRound.job, WorkerRound.host)
    return [Round(*row) for row in db.session.execute(rows)]

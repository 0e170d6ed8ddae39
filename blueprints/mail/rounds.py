"""One kind of round of the worker: its parts one after the other, what fails in them, and that it has been."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from blueprints.mail.line import LineLost
from blueprints.web.clock import now
from models.actions.rounds import note_round
from models.queries.rounds import Round
from models.tables.db import db
from models.tables.outage import cannot_now

SECONDS_BETWEEN = 5
SECONDS_IN_AN_OUTAGE = 2  # with the time a try takes, the work goes on within five of the database's return
SECONDS_UNNOTED = 15  # an idle worker takes the writers' lock no oftener
logger = logging.getLogger(__name__)

Part = Callable[[datetime], object]


@dataclass(slots=True)
class Rounds:
    """The rounds of one job, "jobs", "mail" or "files". `parts` of a round answer what they did, nothing where there
    was nothing to do."""

    job: str
    parts: Sequence[Part]
    down_since: datetime | None = None
    _failing: dict[str, str] = field(default_factory=dict)  # by part: what was said of it in the log
    _noted_at: float | None = None
    _fault: str | None = None

    def go_round(self) -> list[Exception]:
        """Do each part. One that fails keeps no other back: the next round tries it again. What failed, in order."""
        began_at = now()
        errors = [error for part in self.parts if (error := self._error_of(part))]
        self._tell_of_outage(errors)
        self._note(began_at, where(errors[0]) if errors else None)
        return errors

    @property
    def seconds_until_next(self) -> float:
        return SECONDS_BETWEEN if self.down_since is None else SECONDS_IN_AN_OUTAGE

    def _error_of(self, part: Part) -> Exception | None:
        try:
            done = part(now())
            if done:
                logger.info("%s: %s", part.__name__, done)
            if self._failing.pop(part.__name__, None):
                logger.info("%s works again", part.__name__)
        except Exception as error:  # noqa: BLE001 - a job's top: whatever it is, the other jobs go on
            if not is_outage(error):  # of an outage there is one line for all parts: see _tell_of_outage()
                self._tell_of_fault(part.__name__, where(error))
            return error
        finally:
            let_go()
        return None

    def _tell_of_fault(self, part: str, fault: str) -> None:
        """Once, not every five seconds. Without its words, which may tell a title."""
        if self._failing.get(part) != fault:
            self._failing[part] = fault
            logger.error("%s failed: %s", part, fault)

    def _tell_of_outage(self, errors: Sequence[Exception]) -> None:
        """As it begins and as it ends: a night without a database is two lines, not a thousand."""
        outage = next(filter(is_outage, errors), None)
        if outage is not None and self.down_since is None:
            self.down_since = now()
            since = _moment(self.down_since)
            logger.error("%s: the database has not answered since %s: %s", self.job, since, where(outage))
        elif outage is None and self.down_since is not None:
            logger.info("%s: the database answers again; it did not since %s", self.job, _moment(self.down_since))
            self.down_since = None

    def _note(self, began_at: datetime, fault: str | None) -> None:
        """For whoever watches over the service. That it cannot be written down breaks no round."""
        lately = self._noted_at is not None and time.monotonic() - self._noted_at < SECONDS_UNNOTED
        if lately and fault == self._fault:
            return
        try:
            note_round(Round(self.job, socket.gethostname(), began_at, now(), fault))
            self._noted_at, self._fault = time.monotonic(), fault
        except Exception as error:  # noqa: BLE001 - as above
            if not is_outage(error):  # that is told already, or by the next round
                self._tell_of_fault("note_round", where(error))
        finally:
            let_go()


def is_outage(error: Exception) -> bool:
    return isinstance(error, SQLAlchemyError) and cannot_now(error)


def let_go() -> None:
    """End what the session began. Of a database that is gone nothing need be let go."""
    try:
        db.session.remove()
    except SQLAlchemyError:
        db.session.registry.clear()


def where(error: Exception) -> str:
    """What went wrong and in which line, without the error's own words: an address or a title may stand in them. Of a
    line that was lost its word, which is ours."""
    if isinstance(error, LineLost):
        return str(error)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    line = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{line}"


def _moment(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")

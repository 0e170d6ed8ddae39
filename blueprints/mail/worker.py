"""The worker: does what nobody waits for, then takes what is due out of the outbox and sends it; on as many machines as
one likes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from blueprints.mail.letter import NoRecipient, letter_for
from blueprints.mail.post import deliver
from blueprints.web.clock import now
from models.actions.bookings.complete_past import complete_past
from models.actions.bookings.expire_pending import expire_pending
from models.actions.bookings.forget_refusals import forget_refusals
from models.actions.bookings.release_no_shows import release_no_shows
from models.actions.bookings.rewrite_receipts import rewrite_receipts
from models.actions.outbox import claim_next, mark_sent, put_back
from models.actions.plans.carry_on import apply_waiting
from models.queries.outbox import Waiting
from models.tables.db import db

SECONDS_BETWEEN_ROUNDS = 5
JOBS = (expire_pending, release_no_shows, complete_past, forget_refusals, rewrite_receipts, apply_waiting)
logger = logging.getLogger(__name__)


def run(once: bool = False) -> None:
    """Do what is due, and go on doing so; with `once`, stop when nothing more is due, with the first error there was.

    Needs an app's context. May be killed at any point: what it held is sent again when its lease ends.
    """
    while True:
        failed = [error for error in (*map(_error_of, JOBS), _error_of(_mail)) if error]
        if once and failed:
            raise failed[0]
        if once:
            return
        time.sleep(SECONDS_BETWEEN_ROUNDS)


def _error_of(job: Callable[[datetime], object]) -> Exception | None:
    """Do one job of a round. One that fails keeps no other back: the next round tries it again."""
    try:
        done = job(now())
        if done:
            logger.info("%s: %s", job.__name__, done)
    except Exception as error:  # noqa: BLE001 - a job's top: whatever it is, the other jobs go on
        logger.error("%s failed: %s", job.__name__, where(error))  # noqa: TRY400 - its words may tell a title
        return error
    finally:
        db.session.remove()
    return None


def _mail(_moment: datetime) -> None:
    send_due()


def send_due() -> tuple[int, int]:
    """Send every mail that is due now; how many were settled, and how many must be tried again later."""
    settled = failed = 0
    while (mail := claim_next(now())) is not None:
        if _send(mail):
            settled += 1
        else:
            failed += 1
    if settled or failed:
        logger.info("mail: %d settled, %d to be tried again", settled, failed)
    return settled, failed


def _send(mail: Waiting) -> bool:
    try:
        deliver(letter_for(mail))
    except NoRecipient:
        mark_sent(mail.id, now(), remark="no recipient")
    except Exception as error:  # noqa: BLE001 - a job's top: one mail that cannot be sent keeps no other back
        db.session.rollback()
        put_back(mail, where(error), now())
        return False
    else:
        mark_sent(mail.id, now())
    return True


def where(error: Exception) -> str:
    """What went wrong and in which line, without the error's own words: an address or a title may stand in them."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    line = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__}{f' {code}' if code else ''}{line}"

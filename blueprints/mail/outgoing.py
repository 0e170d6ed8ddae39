"""Take what is due out of the outbox, one mail after the other, and send it."""

from __future__ import annotations

import logging
from threading import Event

from blueprints.mail.letter import NoRecipient, letter_for
from blueprints.mail.post import deliver
from blueprints.mail.rounds import where
from blueprints.web.clock import now
from models.actions.outbox import claim_next, mark_sent, put_back
from models.queries.outbox import Waiting
from models.tables.db import db

logger = logging.getLogger(__name__)
NEVER = Event()


def send_due(stop: Event = NEVER) -> tuple[int, int]:
    """Send every mail that is due now, until told to stop; how many were settled, and how many must be tried again
    later."""
    settled = failed = 0
    while not stop.is_set() and (mail := claim_next(now())) is not None:
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

"""Take what is due out of the outbox, one mail after the other, and send it."""

from __future__ import annotations

import logging
import time
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from blueprints.mail.letter import NoRecipient, letter_for
from blueprints.mail.line import LetterRefused, LineLost
from blueprints.mail.post import Give, open_post
from blueprints.mail.rounds import is_outage, where
from blueprints.web.clock import now
from models.actions.outbox import LEASE, claim_next, give_up, mark_sent, put_back
from models.queries.outbox import Waiting, is_mail_due
from models.tables.db import db

logger = logging.getLogger(__name__)
NEVER = Event()
SECONDS_OF_A_ROUND = 60  # then it is written down that the worker is there, and the next begins
SECONDS_TO_SETTLE = LEASE.total_seconds() / 2


def send_due(stop: Event = NEVER) -> tuple[int, int]:
    """Send what is due by one connection, until a minute is over or we are told to stop; how many were settled, and how
    many must be tried again later. A line that is lost ends it: raises LineLost."""
    due = is_mail_due(now())
    db.session.rollback()
    settled = failed = 0
    until = time.monotonic() + SECONDS_OF_A_ROUND
    try:
        if due:
            with open_post() as give:
                while not stop.is_set() and time.monotonic() < until and (mail := claim_next(now())) is not None:
                    if _send(mail, give, stop):
                        settled += 1
                    else:
                        failed += 1
    finally:
        if settled or failed:
            logger.info("mail: %d settled, %d to be tried again", settled, failed)
    return settled, failed


def _send(mail: Waiting, give: Give, stop: Event) -> bool:
    try:
        letter = letter_for(mail)
        db.session.rollback()  # nothing is held open while a server takes its time
        give(letter)
    except NoRecipient:
        mark_sent(mail.id, now(), remark="no recipient")
    except LetterRefused as error:
        (give_up if error.is_final else put_back)(mail, str(error), now())
        return error.is_final
    except LineLost as error:
        put_back(mail, str(error), now())
        raise
    except Exception as error:  # a job's top: one mail that cannot be written keeps no other back
        db.session.rollback()
        if is_outage(error):
            raise
        put_back(mail, where(error), now())
        return False
    else:
        _mark_sent(mail, stop)
    return True


def _mark_sent(mail: Waiting, stop: Event) -> None:
    """Known to be away, it is not to go a second time because the database is away just now: as long as nobody else may
    take it, that is tried again."""
    until = time.monotonic() + SECONDS_TO_SETTLE
    while True:
        try:
            return mark_sent(mail.id, now())
        except SQLAlchemyError as error:
            db.session.rollback()
            if not is_outage(error) or time.monotonic() > until or stop.wait(1):
                raise

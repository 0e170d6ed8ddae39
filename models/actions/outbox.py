"""Take mail out of the outbox, one at a time: however many workers there are, one holds it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, update

from models.actions.record import record
from models.queries.outbox import Waiting, id_of_next_due, is_mail_due, mail_given_up_before, waiting_mail
from models.rules.people.person import Person
from models.tables.db import db
from models.tables.log import OutboxAbout, OutboxRow
from models.tables.transaction import touched, writes

LEASE = timedelta(minutes=10)  # longer than the slowest delivery that blueprints/mail/line.py waits for
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
KEPT_UNSENT = timedelta(days=30)


def claim_next(now: datetime) -> Waiting | None:
    """A mail that is due, for the caller alone to send while the lease lasts; None where there is none.

    A worker that dies holding it says nothing: when the lease is over another sends it, under the same Message-ID.
    """
    due = is_mail_due(now)
    db.session.rollback()
    return _claim(now) if due else None  # an idle worker never takes the writers' lock


@writes
def _claim(now: datetime) -> Waiting | None:
    claimed = db.session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == id_of_next_due(now))
        .values(leased_until=now + LEASE, attempts=OutboxRow.attempts + 1)
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    ).scalar()
    return None if claimed is None else waiting_mail(claimed)


@writes
def mark_sent(outbox_id: int, now: datetime, *, remark: str | None = None) -> None:
    """`remark`: why nothing was sent after all."""
    _settle(outbox_id, sent_at=now, leased_until=None, last_error=remark, caller=None)
    _let_newer_go(outbox_id)


@writes
def put_back(mail: Waiting, error: str, now: datetime) -> None:
    """Try again later, each time twice as long after: from a minute to six hours."""
    pause = min(FIRST_PAUSE * 2 ** min(mail.attempts - 1, 16), LONGEST_PAUSE)
    _settle(mail.id, due_at=now + pause, leased_until=None, last_error=error)


@writes
def give_up(mail: Waiting, error: str, now: datetime) -> None:
    """It was refused for good. What came after it need not wait any longer."""
    _settle(mail.id, failed_at=now, leased_until=None, last_error=error)
    _let_newer_go(mail.id)


@writes
def send_again(actor: Person, now: datetime, *, outbox_id: int | None = None) -> int:
    """Try it at the next round, also what was given up; without `outbox_id` all that was given up. How many there were:
    what a worker holds, or what is away, is left alone."""
    these = OutboxRow.failed_at.is_not(None) if outbox_id is None else OutboxRow.id == outbox_id
    found = touched(
        update(OutboxRow)
        .where(these, *_in_nobodys_hands(now))
        .values(due_at=now, failed_at=None, attempts=0)
        .execution_options(synchronize_session=False)
    )
    if found:
        record("send_mail_again", "outbox", outbox_id or "all", actor, now, number=found)
    return found


@writes
def drop(outbox_id: int, actor: Person, now: datetime) -> bool:
    """It is never sent, and for whom it was is forgotten where that was a caller."""
    found = touched(
        update(OutboxRow)
        .where(OutboxRow.id == outbox_id, *_in_nobodys_hands(now))
        .values(sent_at=now, failed_at=None, caller=None, last_error="dropped")
        .execution_options(synchronize_session=False)
    )
    if found:
        _let_newer_go(outbox_id)
        record("drop_mail", "outbox", outbox_id, actor, now)
    return bool(found)


def _in_nobodys_hands(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return OutboxRow.sent_at.is_(None), or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= now)


def forget_unsent(now: datetime) -> int:
    """Of mail given up a month ago nobody needs to know any more for whom it was; how many there were."""
    due = mail_given_up_before(now - KEPT_UNSENT)
    db.session.rollback()
    return sum(_forget(number, now) for number in due)


@writes
def _forget(outbox_id: int, now: datetime) -> int:
    return _settle(outbox_id, sent_at=now, failed_at=None, caller=None)


def _settle(outbox_id: int, **values: object) -> int:
    return touched(
        update(OutboxRow)
        .where(OutboxRow.id == outbox_id, OutboxRow.sent_at.is_(None))
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _let_newer_go(outbox_id: int) -> None:
    db.session.execute(delete(OutboxAbout).where(OutboxAbout.outbox_id == outbox_id))

"""The worker: does what nobody waits for, and beside that sends what is due out of the outbox and reads and loads large
files; on as many machines as one likes."""

from __future__ import annotations

import logging
import signal
import sys
import time
from datetime import datetime
from threading import Event, Thread

from flask import Flask, current_app

from blueprints.mail.outgoing import NEVER, send_due
from blueprints.mail.rounds import Rounds
from models.actions.bookings.complete_past import complete_past
from models.actions.bookings.expire_pending import expire_pending
from models.actions.bookings.forget_refusals import forget_refusals
from models.actions.bookings.hold import end_holds
from models.actions.bookings.release_no_shows import release_no_shows
from models.actions.bookings.rewrite_receipts import rewrite_receipts
from models.actions.files.large_files import work_on_large_files
from models.actions.line.forget_visitors import forget_visitors
from models.actions.outbox import forget_unsent
from models.actions.plans.carry_on import apply_waiting
from models.actions.presence.add_person import forget_added
from models.actions.roster.note_absence import forget_away

JOBS = (
    expire_pending,
    end_holds,
    release_no_shows,
    complete_past,
    forget_refusals,
    forget_visitors,
    forget_unsent,
    forget_added,
    forget_away,
    rewrite_receipts,
    apply_waiting,
)
FILES = (work_on_large_files,)
SECONDS_TO_FINISH = 2
logger = logging.getLogger(__name__)


def run(once: bool = False) -> None:
    """Do what is due, and go on doing so; with `once`, stop when nothing more is due, with the first error there was.

    Needs an app's context. May be killed at any point: what it held is sent again when its lease ends.
    """
    if once:
        failed = [error for rounds in rounds_until(NEVER) for error in rounds.go_round()]
        if failed:
            raise failed[0]
    else:
        _go_on()


def rounds_until(stop: Event) -> tuple[Rounds, ...]:
    def mail(_moment: datetime) -> None:
        send_due(stop)

    return Rounds("jobs", JOBS), Rounds("mail", (mail,)), Rounds("files", FILES)


def _go_on() -> None:
    """Jobs, mail and large files each in a thread, so that no mail server and no building that is loaded keeps a place
    from being freed; until told to end."""
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit())
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # it is typed as what it stands for
    stop = Event()
    # Daemons: whoever waits for a silent server, or for a lock, is left behind when the process ends.
    threads = [Thread(target=_again_and_again, args=(app, each, stop), daemon=True) for each in rounds_until(stop)]
    try:
        for thread in threads:
            thread.start()
        while all(thread.is_alive() for thread in threads):
            time.sleep(1)
        logger.error("a part of the worker has died: the others end with it, to be started anew")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit()
    finally:
        stop.set()
        until = time.monotonic() + SECONDS_TO_FINISH
        for thread in threads:
            thread.join(max(0, until - time.monotonic()))


def _again_and_again(app: Flask, rounds: Rounds, stop: Event) -> None:
    with app.app_context():
        while not stop.is_set():
            rounds.go_round()
            stop.wait(rounds.seconds_until_next)

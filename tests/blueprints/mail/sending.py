"""Workers as processes of their own, for the tests of what happens when several run, or one is killed."""

from __future__ import annotations

import os
import signal
import time
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from app import create_app
from blueprints.mail import outgoing, worker
from tests.databases import SECRET
from tests.forks import STARTING

LONG_ENOUGH = 120  # seconds


class Worker(NamedTuple):
    process: BaseProcess
    told: Connection

    def ended(self) -> int | None:
        """The code with which it ended, or the signal that killed it, below zero."""
        self.process.join(LONG_ENOUGH)
        return self.process.exitcode


def start_worker(
    database_url: str, mail_url: str, instant: datetime, killed_after: int = 0, once: bool = True, reads: bool = False
) -> Worker:
    """A worker that does what is due and stops, or goes on; `killed_after`: dead at once when it has sent so many;
    `reads`: a large file that takes it minutes."""
    told, tells = STARTING.Pipe(duplex=False)
    settings = {"TREFPUNT_DATABASE_URL": database_url, "TREFPUNT_SECRET_KEY": SECRET, "TREFPUNT_MAIL_URL": mail_url}
    process = STARTING.Process(target=_work, args=(settings, instant, killed_after, once, reads, tells), daemon=True)
    process.start()
    tells.close()
    return Worker(process, told)


def finished(begun: Worker) -> int:
    """How many letters it sent, once it has stopped by itself."""
    assert begun.ended() == 0
    return begun.told.recv()


def _work(
    settings: dict[str, object], instant: datetime, killed_after: int, once: bool, reads: bool, tells: Connection
) -> None:
    app = create_app(settings | {"TREFPUNT_CLOCK": lambda: instant})
    sent, mark_sent = 0, outgoing.mark_sent

    def marked(*what):
        nonlocal sent
        sent += 1
        if sent == killed_after:
            os.kill(os.getpid(), signal.SIGKILL)
        return mark_sent(*what)

    outgoing.mark_sent = marked
    if reads:
        worker.FILES = (_work_on_large_files,)
    with app.app_context():
        worker.run(once=once)
    tells.send(sent)


def _work_on_large_files(_now: datetime) -> None:
    time.sleep(300)

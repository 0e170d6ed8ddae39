"""What waits for the database waits for a while: in line, for a lock, for an answer. A late commit keeps nothing."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from models.tables.db import db
from models.tables.municipality import Municipality
from models.tables.outage import Busy, InDoubt, cannot_now
from models.tables.patience import Patience, having
from models.tables.postgresql import SECONDS_BETWEEN_TRIES
from models.tables.transaction import may_have_kept, write_transaction

HASTY = Patience(begin=0.4, answer=0.6)
BRISK = Patience(begin=20, answer=3)  # what comes before the frost is answered in time, also on a busy machine
LETS_GO = 20  # seconds until somebody else ends by themselves


def rename(name: str) -> None:
    with write_transaction():
        db.session.execute(update(Municipality).values(name_en=name))


def name() -> str | None:
    db.session.rollback()
    return db.session.execute(select(Municipality.name_en)).scalar_one()


@pytest.fixture
def another(demo_app: Flask):
    """Somebody else of this process who writes until told to end."""
    begun, end = threading.Event(), threading.Event()

    def write() -> None:
        with demo_app.app_context(), write_transaction():
            begun.set()
            end.wait(LETS_GO)

    thread = threading.Thread(target=write)
    thread.start()
    begun.wait(LETS_GO)
    yield end
    end.set()
    thread.join(LETS_GO)


def test_who_cannot_begin_in_time_is_told_and_who_reads_is_not_kept(demo, another):
    before, began = name(), time.monotonic()
    with having(HASTY), pytest.raises(Busy) as told:
        rename("Late")
    assert time.monotonic() - began < LETS_GO
    assert not may_have_kept(told.value)
    assert name() == before
    another.set()
    rename("In time")
    assert name() == "In time"


@pytest.mark.postgresql
@pytest.mark.parametrize("shelf", ["postgresql"], indirect=True)
def test_a_commit_that_a_frozen_server_comes_to_late_keeps_nothing(demo):
    before = name()
    backend = 0

    def freeze_and_commit() -> None:
        nonlocal backend
        with having(BRISK), write_transaction():
            db.session.execute(update(Municipality).values(name_en="Late"))
            backend = db.session.execute(select(func.pg_backend_pid())).scalar_one()
            os.kill(backend, signal.SIGSTOP)

    with pytest.raises(InDoubt) as told:  # its sender does not know, and is told so
        freeze_and_commit()
    os.kill(backend, signal.SIGCONT)
    assert cannot_now(told.value)
    db.session.remove()
    time.sleep(SECONDS_BETWEEN_TRIES)  # in which the process asks a silent server nothing
    assert name() == before

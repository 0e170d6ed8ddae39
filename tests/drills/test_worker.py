"""The worker, killed amid its round and its mail, and told to end: nothing is lost, and nothing happens twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import ColumnElement, select

from blueprints.mail.worker import run
from models.actions.bookings.book import book
from models.actions.outbox import LEASE
from models.queries.people import person_by_username
from models.tables.db import db
from models.tables.log import AuditEntry, OutboxRow
from tests.blueprints.mail.letterbox import Letterbox, letterbox
from tests.cast import ANN, NOW, ask, at
from tests.conftest import StandingClock
from tests.databases import SECRET

ON_ONE = ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.deep])]
MONDAY, EVENING = "2027-03-08", at("2027-03-08T17:00")
NOBODY_CAME = 24
A_FEW_SECONDS = 20  # on a machine that does other things as well: a mail or a round that it waited for takes a minute


@contextmanager
def worker(url: str, box: Letterbox, instant: datetime) -> Iterator[subprocess.Popen]:
    """`flask worker` at this instant, gone in the end whatever became of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "tests.drills.site:site", "worker"],
        env={
            **os.environ,
            "TREFPUNT_DATABASE_URL": url,
            "TREFPUNT_SECRET_KEY": SECRET,
            "TREFPUNT_MAIL_URL": box.url,
            "DRILL_AT": instant.isoformat(),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def fill_the_day() -> None:
    ann, rooms = person_by_username(ANN), ("VZ-101", "VZ-102", "VZ-103")
    for nth in range(NOBODY_CAME):
        hour = f"{9 + nth // len(rooms):02}"
        book(ask(rooms[nth % len(rooms)], f"{MONDAY}T{hour}:00", f"{hour}:30", attendees=2), ann, NOW)


def freed() -> Counter[str]:
    """How often each booking was released."""
    question = select(AuditEntry.thing_id).where(AuditEntry.action == "release_no_show")
    times = Counter(db.session.scalars(question))
    db.session.rollback()
    return times


def letters(*which: ColumnElement[bool]) -> set[str]:
    return set(db.session.scalars(select(OutboxRow.message_id).where(OutboxRow.last_error.is_(None), *which)))


@pytest.mark.parametrize("shelf", ON_ONE, indirect=True)
def test_a_worker_killed_or_ended_amid_its_work_leaves_it_to_the_next_and_its_death_is_seen(demo_app, demo_url, clock):
    with letterbox() as box, demo_app.app_context():
        fill_the_day()
        with worker(demo_url, box, EVENING) as killed:

            def kill_amid_its_round_and_its_mail() -> None:
                with demo_app.app_context():
                    if len(box.letters) >= 3 and len(freed()) >= 3:
                        killed.kill()

            box.when_taken = kill_amid_its_round_and_its_mail
            assert killed.wait(60) == -signal.SIGKILL
        clock.instant = EVENING + LEASE
        with worker(demo_url, box, clock.instant) as ended:
            enough = len(box.letters) + 5
            box.when_taken = lambda: len(box.letters) == enough and ended.terminate()
            while len(box.letters) < enough:
                assert ended.poll() is None
                time.sleep(0.05)
            began = time.monotonic()
            assert ended.wait(60) == 0
            assert time.monotonic() - began < A_FEW_SECONDS
        alive, dead = (warned(demo_app, clock, since) for since in (timedelta(0), timedelta(minutes=3)))
        demo_app.config["TREFPUNT_MAIL_URL"] = box.url
        run(once=True)
        assert list(freed().values()) == [1] * NOBODY_CAME
        assert letters(OutboxRow.sent_at.is_(None), OutboxRow.due_at <= clock.instant) == set()
        arrived = Counter(letter["Message-ID"] for letter in box.letters)
        assert set(arrived) == letters(OutboxRow.sent_at.is_not(None))
    assert Counter(arrived.values()) == {1: len(arrived) - 1, 2: 1}  # again: what the dead one had just given away
    assert len(set(box.octets)) == len(arrived)
    assert (alive, dead) == (
        [],
        [f"warning: worker: last round of {job} ended 180 s ago" for job in ("files", "jobs", "mail")],
    )


def warned(app: Flask, clock: StandingClock, later: timedelta) -> list[str]:
    """What /readyz warns of by then."""
    clock.instant += later
    said = app.test_client().get("/readyz").text.splitlines()
    clock.instant -= later
    return said[1:]

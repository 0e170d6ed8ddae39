"""The worker's rounds: jobs, mail and large files beside each other, through outages, until it is told to end."""

from __future__ import annotations

import logging
import socket
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from blueprints.mail.rounds import Rounds
from models.queries.bookings import bookings_page
from models.queries.rounds import last_rounds
from models.tables.db import db
from tests.blueprints.mail.sending import start_worker
from tests.cast import ANN, at

TUESDAY = "2027-03-09"


@pytest.fixture
def silent():
    """The address of a mail server that takes whoever comes and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"


def status_of(town, space):
    with town.app.app_context():
        return next(each.status for each in bookings_page(limit=10) if each.space == space)


def test_neither_a_silent_mail_server_nor_a_large_file_keeps_a_place_from_being_freed_or_the_worker_from_ending(
    town, demo_url, silent
):
    town.book(ANN, "VZ-104", f"{TUESDAY}T09:00", "10:00", attendees=4)
    worker = start_worker(demo_url, silent, at(f"{TUESDAY}T09:30"), once=False, reads=True)
    try:
        until = time.monotonic() + 60
        while status_of(town, "VZ-104") != "released":
            assert time.monotonic() < until, "it was not freed"
            time.sleep(0.1)
        worker.process.terminate()
        worker.process.join(10)
        assert worker.process.exitcode == 0
    finally:
        worker.process.kill()
        worker.process.join()
    with town.app.app_context():
        assert db.session.execute(text("SELECT count(*) FROM outbox WHERE sent_at IS NULL")).scalar() == 2  # none lost
        assert {each.job for each in last_rounds()} >= {"jobs"}


def test_an_outage_of_the_database_is_two_lines_in_the_log_however_long_it_lasts(town, caplog):
    answers = iter([False, False, False, True, True])

    def release_no_shows(_now):
        if not next(answers):
            raise OperationalError("SELECT", {}, Exception("secret title"))

    rounds = Rounds("jobs", [release_no_shows])
    pauses = []
    with town.app.app_context(), caplog.at_level(logging.INFO, logger="blueprints.mail"):
        for _ in range(5):
            rounds.go_round()
            pauses.append(rounds.seconds_until_next)
            town.clock.instant = town.clock.instant.replace(second=town.clock.instant.second + 1)
    assert [each.partition(": OperationalError at ")[0] for each in caplog.messages] == [
        "jobs: the database has not answered since 2027-03-03T08:00:00+00:00",
        "jobs: the database answers again; it did not since 2027-03-03T08:00:00+00:00",
    ]
    assert pauses == [2, 2, 2, 5, 5]  # and so the work goes on within five seconds of its return


def test_whoever_watches_reads_when_each_round_ended_and_what_failed_in_it_without_its_words(town):
    def complete_past(_now):
        raise ValueError("secret title")

    with town.app.app_context():
        Rounds("mail", []).go_round()
        rounds = Rounds("jobs", [complete_past])
        for _ in range(2):
            rounds.go_round()
        jobs, mail = sorted(last_rounds(), key=lambda each: each.job)
    now = town.clock.instant
    assert (jobs.job, jobs.host, jobs.began_at, jobs.ended_at) == ("jobs", socket.gethostname(), now, now)
    assert jobs.fault.startswith("ValueError at test_rounds.py:")
    assert (mail.job, mail.fault) == ("mail", None)


def test_a_round_that_cannot_be_written_down_is_a_round_all_the_same(town):
    town.book(ANN, "VZ-104", f"{TUESDAY}T09:00", "10:00", attendees=4)
    with town.app.app_context():
        db.session.execute(text("DROP TABLE worker_round"))
        db.session.commit()
    assert len(town.post()) == 1

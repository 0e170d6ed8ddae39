"""Every mail is sent once, whoever sends it and whatever dies on the way."""

from __future__ import annotations

import signal
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from blueprints.mail import outgoing
from blueprints.mail.post import BadMailUrl
from blueprints.mail.rounds import where
from models.actions.outbox import LEASE, claim_next, mark_sent
from models.tables.db import db
from models.tables.log import OutboxRow
from tests.blueprints.mail.sending import finished, start_worker
from tests.cast import ANN, BRAM, DORA

MONDAY = "2027-03-08"


def fill_outbox(town, number):
    for hour in range(number):
        town.book(
            (ANN, BRAM, DORA)[hour % 3],
            "VZ-105",
            f"{MONDAY}T{8 + hour // 2:02}:{30 * (hour % 2):02}",
            f"{8 + hour // 2:02}:{30 * (hour % 2) + 15:02}",
            attendees=4,
        )


def outbox(town):
    with town.app.app_context():
        return db.session.execute(text("SELECT sent_at IS NOT NULL AS sent, last_error FROM outbox ORDER BY id")).all()


def test_a_mail_is_sent_once_however_often_the_worker_comes_by(town):
    fill_outbox(town, 3)
    assert len(town.post()) == 3
    written = [(file.name, file.stat().st_mtime_ns) for file in town.files()]
    town.clock.instant += timedelta(days=1)
    town.work()
    assert [(file.name, file.stat().st_mtime_ns) for file in town.files()] == written


def test_a_worker_that_dies_between_sending_and_marking_repeats_the_same_letter_under_the_same_name(town, monkeypatch):
    fill_outbox(town, 1)
    monkeypatch.setattr(outgoing, "mark_sent", lambda *_args, **_more: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        town.work()
    monkeypatch.setattr(outgoing, "mark_sent", mark_sent)
    first = {file.name: file.read_bytes() for file in town.files()}
    town.clock.instant += LEASE - timedelta(minutes=1)
    town.work()
    assert not outbox(town)[0].sent  # still in the hands of the dead
    town.clock.instant += timedelta(minutes=1)
    town.work()
    assert outbox(town)[0].sent
    assert {file.name: file.read_bytes() for file in town.files()} == first


def test_a_worker_killed_in_the_middle_leaves_the_rest_to_others(town, demo_url, box):
    fill_outbox(town, 4)
    now = town.clock.instant
    killed = start_worker(demo_url, box.url, now, killed_after=2)
    assert killed.ended() == -signal.SIGKILL
    assert finished(start_worker(demo_url, box.url, now)) == 2
    assert finished(start_worker(demo_url, box.url, now + LEASE)) == 1
    names = Counter(letter["Message-ID"] for letter in box.letters)
    assert sorted(names.values()) == [1, 1, 1, 2]  # the one in its hands, twice under one name


def test_workers_at_the_same_time_never_send_a_mail_twice(town, demo_url, box):
    fill_outbox(town, 16)
    workers = [start_worker(demo_url, box.url, town.clock.instant) for _ in range(3)]
    assert sum(map(finished, workers)) == 16
    assert len({letter["Message-ID"] for letter in box.letters}) == len(box.letters) == 16


def test_a_claimed_mail_is_nobody_elses_until_its_lease_ends(town):
    fill_outbox(town, 2)
    now = town.clock.instant
    with town.app.app_context():
        first, second = claim_next(now), claim_next(now)
        assert first.id != second.id
        assert claim_next(now + LEASE - timedelta(seconds=1)) is None
        again = claim_next(now + LEASE)
        assert (again.id, again.message_id, again.attempts) == (first.id, first.message_id, 2)


def test_what_the_server_refuses_is_tried_again_later_and_later_and_then_sent(town, box):
    fill_outbox(town, 1)
    town.app.config["TREFPUNT_MAIL_URL"] = box.url
    box.refuses = True
    pauses = []
    for _ in range(11):
        town.work()
        with town.app.app_context():
            pauses.append(db.session.execute(select(OutboxRow.due_at)).scalar_one() - town.clock.instant)
        town.clock.instant += pauses[-1]
    assert [pause // timedelta(minutes=1) for pause in pauses] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    assert outbox(town)[0].last_error == "recipient_refused 451"
    box.refuses = False
    town.work()
    assert (outbox(town)[0].sent, outbox(town)[0].last_error, len(box.letters)) == (True, None, 1)


def test_one_mail_that_cannot_be_written_keeps_no_other_back(town):
    fill_outbox(town, 3)
    with town.app.app_context():
        db.session.execute(text("UPDATE outbox SET kind = 'unheard of' WHERE id = (SELECT min(id) FROM outbox)"))
        db.session.commit()
    assert len(town.post()) == 2
    assert [row.sent for row in outbox(town)] == [False, True, True]


def test_the_log_has_counts_and_nothing_of_whom_or_what(town, caplog):
    town.book(ANN, "VZ-105", f"{MONDAY}T09:00", "10:00", attendees=4, title="Geheim overleg")
    with caplog.at_level("INFO"):
        town.work()
        assert "1 settled" in caplog.text
        assert not any(word in caplog.text for word in ("Geheim", ANN, "VZ-105", "@"))


def test_an_unknown_mail_server_is_an_error_that_names_no_password(town):
    fill_outbox(town, 1)
    town.app.config["TREFPUNT_MAIL_URL"] = "smpt://worker:secret@nowhere"
    with pytest.raises(BadMailUrl) as error:
        town.work()
    assert where(error.value).startswith("BadMailUrl at post.py")
    assert not outbox(town)[0].last_error  # it is no letter's fault

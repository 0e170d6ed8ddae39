"""What /readyz sees, within a second, writing nothing."""

from __future__ import annotations

import resource
import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import text

from blueprints.web import readiness
from blueprints.web.database import newest_revision
from blueprints.web.readiness import Watch, warnings_of
from models.queries.soundness import Soundness, is_full
from models.tables.db import db
from models.tables.transaction import write_transaction
from tests.cast import NOW

CAME_BY = (("jobs", NOW), ("mail", NOW))
SOON = THE_SERVER_GOES_ON = 20  # seconds: far later than what is tested, on a machine that does other things as well


def test_a_lock_that_is_held_is_seen_without_waiting_for_it(app):
    """The municipality's row, or SQLite's file, by somebody who does not let go."""
    taken, let_go = threading.Event(), threading.Event()
    with app.app_context():
        watch = Watch(app.config["SQLALCHEMY_DATABASE_URI"], newest_revision())

    def hold() -> None:
        with app.app_context(), write_transaction():
            db.session.execute(text("SELECT 1"))
            taken.set()
            let_go.wait(SOON)

    def locked() -> float:
        found = watch.look()
        assert found is not None
        return watch.locked_seconds(found, time.monotonic())

    assert locked() == 0
    holder = threading.Thread(target=hold)
    holder.start()
    assert taken.wait(SOON)
    locked()
    time.sleep(0.3)
    met_again = locked()
    let_go.set()
    holder.join()
    assert 0.3 < met_again < SOON
    assert locked() == 0


@pytest.mark.parametrize(
    ("looks", "seconds"),
    [
        ([(0, True), (15, True), (30, True)], 30),
        ([(0, True), (50, True)], 0),  # two short holds, of which nobody saw the end
        ([(0, True), (50, True), (60, True)], 10),
        ([(0, True), (5, False), (10, True)], 0),
    ],
)
def test_a_lock_counts_as_the_same_only_where_looks_follow_each_other_closely(looks, seconds):
    watch = Watch("sqlite://", "1")
    assert [watch.locked_seconds(Soundness("1", is_locked=locked), at) for at, locked in looks][-1] == seconds


def test_a_lock_is_followed_to_its_end_between_two_rounds_of_a_watchdog(monkeypatch):
    monkeypatch.setattr(readiness, "SECONDS_TO_FOLLOW", 0.01)
    free = threading.Event()
    watch = Watch("sqlite://", "1", lambda *_asked: Soundness("1", is_locked=not free.is_set()))
    watch.look()
    time.sleep(0.3)
    found = watch.look()
    assert found is not None
    assert watch.locked_seconds(found, time.monotonic()) >= 0.2
    free.set()
    until = time.monotonic() + SOON
    while watch.locked_since is not None and time.monotonic() < until:
        time.sleep(0.01)
    assert watch.locked_since is None


@pytest.mark.parametrize(
    ("found", "locked", "told"),
    [
        (Soundness("1", rounds=CAME_BY), 2.9, None),  # somebody works through a plan
        (Soundness("1"), 0, "worker: no round has ended yet"),
        (Soundness("1", rounds=CAME_BY), 7.2, "nobody can write to the database for 7 s"),
        (Soundness("1", is_full=True, rounds=CAME_BY), 0, "disk full, or nearly so"),
        (Soundness("1", is_read_only=True, rounds=CAME_BY), 0, "database read-only"),
        (Soundness("1", rounds=(("mail", NOW - timedelta(seconds=119)),)), 0, None),
        (
            Soundness("1", rounds=(("mail", NOW - timedelta(seconds=300)),)),
            0,
            "worker: last round of mail ended 300 s ago",
        ),
    ],
)
def test_what_keeps_from_writing_is_told(found, locked, told):
    assert list(warnings_of(found, locked, NOW)) == ([] if told is None else [told])


def test_of_what_can_be_read_a_warning_is_a_200_and_a_503_for_whoever_asks_strictly(app, client):
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    with app.app_context():
        full = Soundness(newest_revision(), is_full=True, rounds=CAME_BY)
    app.extensions["watch"] = Watch(url, full.revision, lambda *_asked: full)
    answers = [client.get(f"/readyz{query}") for query in ("", "?strict=1")]
    del app.extensions["watch"]
    assert [answer.status_code for answer in answers] == [200, 503]
    assert {answer.text for answer in answers} == {"ok\nwarning: disk full, or nearly so\n"}


def test_a_file_that_may_not_grow_is_full(tmp_path, monkeypatch):
    file = tmp_path / "trefpunt.db"
    file.write_bytes(b"x" * 100)
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (1000, 1000))
    assert is_full(file)


def test_a_database_that_says_nothing_is_given_up_within_a_second_and_asked_once():
    """A server that is frozen: the look stays behind, however often a watchdog comes by, and ends when it goes on."""
    goes_on, looks = threading.Event(), []

    def hangs(url: str, _newest: str | None) -> Soundness:
        looks.append(url)
        goes_on.wait(THE_SERVER_GOES_ON)
        return Soundness("0001")

    watch, began = Watch("postgresql://frozen", "0001", hangs), time.monotonic()
    assert [watch.look() for _ in range(5)] == [None] * 5
    assert time.monotonic() - began < THE_SERVER_GOES_ON
    assert (len(looks), readiness.SECONDS_TO_ANSWER < 1) == (1, True)
    goes_on.set()
    assert watch.done.wait(THE_SERVER_GOES_ON)
    assert watch.look() == Soundness("0001")

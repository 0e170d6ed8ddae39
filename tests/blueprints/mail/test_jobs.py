"""The jobs of a round: each is done, and one that fails keeps no other back."""

from __future__ import annotations

import pytest

from blueprints.mail import worker
from models.actions.bookings.attend import check_in
from models.queries.bookings import bookings_page
from models.queries.rounds import last_rounds
from tests.cast import ANN, BRAM, KAAT, at

TUESDAY = "2027-03-09"


def statuses(town):
    with town.app.app_context():
        return {each.space: each.status for each in bookings_page(limit=10)}


@pytest.fixture
def busy_day(town):
    """A request, a meeting to which somebody came, and one to which nobody does."""
    town.book(KAAT, "VZ-001", f"{TUESDAY}T14:00", "16:00", attendees=14)
    (came,) = town.book(BRAM, "VZ-105", f"{TUESDAY}T09:00", "09:30", attendees=4)
    town.book(ANN, "VZ-104", f"{TUESDAY}T09:00", "10:00", attendees=4)
    town.clock.instant = at(f"{TUESDAY}T09:00")
    with town.acting(BRAM) as (bram, now):
        check_in(came.id, bram, now)
    town.clock.instant = at(f"{TUESDAY}T09:30")
    return town


def test_one_round_does_them_all_and_sends_what_comes_of_it(busy_day):
    letters = busy_day.post()
    assert statuses(busy_day) == {"VZ-001": "declined", "VZ-105": "completed", "VZ-104": "released"}
    assert sum(1 for each in letters if each["Auto-Submitted"]) == len(letters) > 4
    with busy_day.app.app_context():
        assert {each.job for each in last_rounds()} == {"jobs", "mail", "files"}


def test_a_job_that_fails_keeps_no_other_back_and_is_named_in_the_log_without_its_words(busy_day, monkeypatch, caplog):
    def expire_pending(_now):
        raise ValueError("secret title")

    monkeypatch.setattr(worker, "JOBS", (expire_pending, *worker.JOBS[1:]))
    with pytest.raises(ValueError, match="secret title"):
        busy_day.work()
    assert statuses(busy_day) == {"VZ-001": "pending", "VZ-105": "completed", "VZ-104": "released"}
    assert busy_day.files()  # and the mail went out
    assert "expire_pending failed: ValueError at test_jobs.py:" in caplog.text
    assert "secret" not in caplog.text


def test_a_round_without_work_writes_nothing_to_the_log(town, caplog):
    with caplog.at_level("INFO", logger="blueprints.mail"):
        town.work()
    assert caplog.text == ""

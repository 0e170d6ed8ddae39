"""What whoever minds the machines reads: what is wrong, since when, and what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.rounds import note_round
from models.queries.rounds import Round
from models.queries.soundness import Mail, Soundness
from tests.blueprints.booking.reading import Reader
from tests.cast import ANN, FARID, GERDA, NOW, ROOS


@pytest.fixture
def page(demo_app, browser_of, clock):
    """Read by the IT administrator, after the worker was there so many seconds ago."""
    clock.instant = NOW

    def read(**jobs: tuple[int, str | None]) -> str:
        with demo_app.test_request_context():
            for job, (seconds, fault) in jobs.items():
                at = NOW - timedelta(seconds=seconds)
                note_round(Round(job, "host-7", at, at, fault))
        return Reader(browser_of(ROOS)).open("/manage/health").text

    return read


def test_when_all_is_well_it_says_so(page):
    told = page(jobs=(10, None), mail=(10, None))
    assert "Everything works" in told
    assert "asks for your attention" not in told


def test_a_worker_that_was_never_there_is_missed(page):
    assert "1 thing asks for your attention" in page()
    assert "The worker has never been here" in page()


def test_a_worker_that_stays_away_or_fails_is_told_with_since_when_and_what_to_do(page):
    told = page(jobs=(600, None), mail=(10, "ConnectionRefusedError at post.py:60"))
    assert "2 things ask for your attention" in told
    assert "The worker stays away: freeing, ending and reminding" in told
    assert "Since " in told
    assert "start it anew" in told
    assert "in the round of 3 March 2027" in told
    assert "look for ConnectionRefusedError at post.py:60" in told
    assert "host-7" not in told


def test_a_mail_server_that_does_not_answer_is_told_as_in_the_outbox_with_since_when_and_a_link(
    page, booked, clock, demo_app, browser_of
):
    booked(ANN, "VZ-104", "2027-03-08T09:00", "10:00", attendees=4)
    page(jobs=(10, None), mail=(10, "connection_refused"))
    clock.instant += timedelta(minutes=1)
    read = Reader(browser_of(ROOS)).open("/manage/health")
    assert "1 thing asks for your attention" in read.text
    assert "Nothing listens at the mail server's address. Look at TREFPUNT_MAIL_URL." in read.text
    assert "Since 3 March 2027, 09:00. 1 mail waits" in read.text
    assert read.link("To the outbox") == "/manage/outbox"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"locked_seconds": 30.0}, "Nobody can book or change anything"),
        ({"is_full": True}, "The disk of the database is full, or nearly so"),
        ({"is_read_only": True}, "The database can only be read"),
        ({"mail": Mail(3, NOW - timedelta(hours=2))}, "Mail is late"),
        ({"mail": Mail(refused=2)}, "The mail server refused letters for good"),
    ],
)
def test_what_the_watch_finds_is_said_in_words(facts, said, page, demo_app):
    page(jobs=(1, None), mail=(1, None))
    watch = demo_app.extensions["watch"]
    usual, watch.ask = watch.ask, lambda _url, newest: Soundness(newest, **facts)
    told = page()
    watch.ask = usual
    assert "1 thing asks for your attention" in told
    assert said in told


@pytest.mark.parametrize(("who", "status"), [(ROOS, 200), (FARID, 403), (GERDA, 403), (ANN, 403)])
def test_it_is_for_whoever_minds_the_machines(who, status, browser_of):
    assert browser_of(who).get("/manage/health").status_code == status

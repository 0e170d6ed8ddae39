"""Workers and deciders at the same time, by real processes: everything is settled once, and told once."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import text

from models.actions.bookings.book import book
from models.queries.bookings import bookings_page
from models.queries.people import person_by_username
from models.tables.db import db
from tests.cast import ANN, BRAM, GERDA, KAAT, NOW, ask, at
from tests.models.actions.racing import race
from tests.models.actions.racing_jobs import do, do_or_decide

MONDAY, TUESDAY = "2027-03-08", "2027-03-09"


@pytest.fixture
def standing(demo_app):
    """What each booking's status is, and how many mails of a kind there are."""

    def count(*kinds: str):
        with demo_app.test_request_context():
            mails = [
                db.session.execute(text("SELECT count(*) FROM outbox WHERE kind = :kind"), {"kind": kind}).scalar_one()
                for kind in kinds
            ]
            return Counter(each.status for each in bookings_page(limit=500)), *mails

    return count


def book_all(demo_app, *wishes: tuple[str, str, str, str]) -> list[int]:
    with demo_app.test_request_context():
        return [
            book(ask(space, start, end, attendees=4), person_by_username(who), NOW).bookings[0].id
            for who, space, start, end in wishes
        ]


def test_four_workers_release_each_no_show_once(demo_app, demo_url, standing):
    book_all(
        demo_app,
        *(
            (who, room, f"{MONDAY}T{hour:02}:00", f"{hour:02}:45")
            for hour in range(8, 14)
            for who, room in ((ANN, "VZ-103"), (BRAM, "VZ-104"))
        ),
    )
    settled = race(demo_url, do, [("release", at(f"{MONDAY}T14:00").isoformat())] * 8)
    assert sum(settled) == 12
    assert standing("released") == (Counter(released=12), 12)


def test_two_who_approve_the_same_requests_approve_each_once(demo_app, demo_url, standing):
    ids = book_all(demo_app, *((KAAT, "VZ-001", f"{TUESDAY}T{hour:02}:00", f"{hour:02}:30") for hour in range(9, 17)))
    given = race(demo_url, do_or_decide, [("approve", ids, GERDA, NOW.isoformat())] * 4)
    assert given == [{"statuses": ["confirmed"] * 8, "left": 0}] * 4
    assert standing("approved") == (Counter(confirmed=8), 8)


@pytest.mark.parametrize(("verb", "status"), [("approve", "confirmed"), ("decline", "declined")])
def test_a_request_is_either_decided_or_not_answered_in_time(verb, status, demo_app, demo_url, standing):
    ids = book_all(demo_app, *((KAAT, "VZ-001", f"{TUESDAY}T{hour:02}:00", f"{hour:02}:30") for hour in range(9, 17)))
    late = at("2027-03-05T17:00").isoformat()
    outcomes = race(
        demo_url,
        do_or_decide,
        [("expire", late), (verb, ids[:4], GERDA, late), ("expire", late), (verb, ids[4:], GERDA, late)],
    )
    found, approved, declined = standing("approved", "declined")
    assert sum(found.values()) == 8
    assert approved + declined == 8
    assert set(found) <= {status, "declined"}
    assert found["confirmed"] == approved
    assert sum(each for each in outcomes if isinstance(each, int)) <= declined

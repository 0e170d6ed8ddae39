"""What belongs in a calendar is found by an index of its own, however many bookings there ever were."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from sqlalchemy import event

from models.actions.bookings.book import book
from models.queries.bookings import bookings_by_id
from models.queries.calendar_bookings import calendar_bookings
from models.queries.feeds import feed_bookings
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.bookings.fields import Caller
from models.rules.people.feed_scope import FeedScope, FeedWindow
from models.tables.db import db
from tests.cast import ANN, CHRIS, GERDA, NOW, ask

NOT_TOLD = [
    "attendees",
    "warnings",
    "visitor_code",
    "exclusive",
    "visitors",
    "wheelchair",
    "equipment",
    "note",
    "key_holder",
    "evacuation_buddy",
    "caller",
    "checked_in_at",
    "status_reason",
    "channel",
    "version",
    "precedence",
    "hold_until",
    "booked_by_name",
]
BY = re.compile(r"SEARCH booking USING INDEX ix_booking_(\w+)")


@pytest.mark.parametrize(
    ("scope", "by"),
    [
        ("mine", {"organiser_id_starts_at", "booked_by_id_starts_at"}),
        ("space:VZ-101", {"space_id_starts_at"}),
        ("zone:Z1-VER", {"space_id_starts_at"}),
        ("organisation:GEM", {"organisation_id_starts_at"}),
        ("service:GEM-BEV", {"service_id_starts_at"}),
        ("public", {"public"}),
    ],
)
def test_each_scope_has_its_index(demo, scope, by):
    sent = []
    event.listen(db.engine, "before_cursor_execute", lambda *asked: sent.append(asked[2:4]))
    house = the_house()
    list(feed_bookings(FeedScope.read(scope), person_by_username(ANN), house, FeedWindow.at(NOW, house.zone)))
    plan = _plan(*next(each for each in sent if "UNION ALL" in each[0]))
    assert "Seq Scan on booking" not in plan
    if db.engine.name == "sqlite":  # PostgreSQL takes any index of an empty table
        assert Counter(BY.findall(plan)) == dict.fromkeys(by, 2) | {"series_id": 1}, plan
        assert "SCAN" not in plan


def test_a_calendar_reads_of_a_booking_what_whoever_opens_it_reads(demo):
    wishes = (
        (
            ANN,
            ask(
                "VZ-101", "2027-03-09T09:00", "10:00", attendees=8, title="Wekelijks", recurrence="FREQ=WEEKLY;COUNT=2"
            ),
        ),
        (CHRIS, ask("LK-01", "2027-03-09T09:00", "10:00", attendees=2, service="GEM-BEV")),
        (GERDA, ask("OR-01", "2027-03-09T13:00", "14:00", attendees=4, caller=Caller("Wim Vos", phone="03 555 01 02"))),
        (ANN, ask("VZ-201", "2027-03-09T09:00", "11:00", attendees=10)),
    )
    made = [each for who, wish in wishes for each in book(wish, person_by_username(who), NOW).bookings]
    numbers = [each.id for each in made]
    whole, read = bookings_by_id(numbers), calendar_bookings(the_house(), numbers)
    assert [each.id for each in read] == [each.id for each in whole]
    untold = dict.fromkeys(NOT_TOLD)
    assert [each._replace(**untold) for each in read] == [each._replace(**untold) for each in whole]
    assert {each.status for each in whole} == {"confirmed", "pending"}


def _plan(statement: str, values: object) -> str:
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        asked = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    else:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # of an empty table every plan costs nothing
        asked = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
    return "\n".join(str(row[-1]) for row in asked)

"""What belongs in a calendar is found by an index of its own, however many bookings there ever were."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from sqlalchemy import event

from models.queries.feeds import feed_bookings
from models.queries.house import the_house
from models.queries.people import person_by_username
from models.rules.people.feed_scope import FeedScope, FeedWindow
from models.tables.db import db
from tests.cast import ANN, NOW

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


def _plan(statement: str, values: object) -> str:
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        asked = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    else:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # of an empty table every plan costs nothing
        asked = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
    return "\n".join(str(row[-1]) for row in asked)

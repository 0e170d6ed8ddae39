"""Whether PostgreSQL is there is asked when a connection is taken, and of the very same one no second time at once."""

from __future__ import annotations

import time

import pytest
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from models.queries.revisions import revisions
from models.tables import postgresql
from models.tables.db import db
from models.tables.postgresql import STILL_THERE, just_heard
from models.tables.transaction import write_transaction

pytestmark = pytest.mark.postgresql


@pytest.fixture
def pings(monkeypatch) -> list[object]:
    asked: list[object] = []
    usual = PGDialect_psycopg.do_ping
    monkeypatch.setattr(PGDialect_psycopg, "do_ping", lambda dialect, one: asked.append(one) or usual(dialect, one))
    return asked


@pytest.mark.parametrize("shelf", ["postgresql"], indirect=True)
def test_who_reads_and_then_writes_asks_once_and_who_only_writes_asks_too(demo, pings, monkeypatch):
    monkeypatch.setattr(postgresql, "STILL_THERE", 60)  # on a machine that is busy a moment lasts
    revisions()  # one that is new is not asked
    for _time in range(2):
        db.session.rollback()
        pings.clear()
        revisions()
        with write_transaction():
            revisions()
        assert len(pings) == 1
    pings.clear()
    with write_transaction():
        revisions()
    assert len(pings) == 1


@pytest.mark.parametrize("shelf", ["postgresql"], indirect=True)
def test_who_stood_in_line_meanwhile_asks_again(demo, pings):
    revisions()
    driver = db.session.connection().connection.driver_connection
    db.session.rollback()
    pings.clear()
    with just_heard(driver):
        time.sleep(2 * STILL_THERE)
        revisions()
    assert pings == [driver]

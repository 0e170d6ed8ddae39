"""Whether PostgreSQL is there is asked when a connection is taken, but not of one that answered a moment ago."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from models.queries.revisions import revisions
from models.tables import postgresql
from models.tables.db import db
from models.tables.transaction import write_transaction

pytestmark = pytest.mark.postgresql


@pytest.fixture
def pings(monkeypatch) -> list[object]:
    asked: list[object] = []
    usual = PGDialect_psycopg.do_ping
    monkeypatch.setattr(PGDialect_psycopg, "do_ping", lambda dialect, one: asked.append(one) or usual(dialect, one))
    return asked


@pytest.mark.parametrize("shelf", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("a_moment", "times"), [(60, 0), (0, 3)])  # seconds: on a machine that is busy a moment lasts
def test_who_reads_writes_and_reads_again_asks_each_time_or_never(demo, pings, monkeypatch, a_moment, times):
    monkeypatch.setattr(postgresql, "STILL_THERE", a_moment)
    revisions()
    db.session.rollback()
    pings.clear()
    revisions()
    with write_transaction():
        revisions()
    revisions()
    assert len(pings) == times


@pytest.mark.parametrize("shelf", ["postgresql"], indirect=True)
def test_one_that_is_closed_is_not_taken_for_there(demo, monkeypatch):
    monkeypatch.setattr(postgresql, "STILL_THERE", 60)
    found = revisions()
    db.session.connection().connection.driver_connection.close()
    db.session.rollback()
    assert revisions() == found

"""Health checks and metrics, as a watchdog asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, text

from app import create_app
from blueprints.web.setting_values import networks
from models.actions.people.create_token import create_token
from models.actions.rounds import note_round
from models.queries.rounds import Round
from models.tables.db import db
from models.tables.transaction import write_transaction
from tests.cast import ANN, FARID, NOW
from tests.databases import SECRET


def test_a_process_with_a_migrated_database_is_ready_and_misses_a_worker_that_was_never_started(app, client):
    assert client.get("/healthz").data == b"ok\n"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.data) == (200, b"ok\nwarning: worker: no round has ended yet\n")
    with app.app_context():
        note_round(Round("jobs", "town", NOW, NOW, None))
    assert client.get("/readyz").data == b"ok\n"


def test_a_database_that_waits_for_a_migration_is_not_ready(app, client):
    with app.app_context(), write_transaction():
        db.session.execute(text("DELETE FROM alembic_version"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.data) == (503, b"database not migrated\n")


def test_a_process_lives_on_while_its_database_is_away(tmp_path):
    client = create_app(
        {"TREFPUNT_DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder.db", "TREFPUNT_SECRET_KEY": SECRET}
    ).test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.data) == (503, b"database unreachable\n")
    assert client.get("/nowhere").status_code == 404


def test_requests_are_counted_by_endpoint_and_never_by_address(demo_app):
    client = demo_app.test_client()
    client.get("/feeds/a-token-that-opens-a-calendar.ics")
    client.open("/healthz", method="BREW")
    client.get("/healthz")
    with demo_app.test_request_context():
        token = create_token("ict.beheerder", "read", NOW)
    told = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert told.mimetype == "text/plain"
    lines = told.get_data(as_text=True)
    assert 'trefpunt_http_requests_total{endpoint="web.healthz",method="GET",status="200"}' in lines
    assert 'trefpunt_http_request_seconds_bucket{endpoint="web.healthz"' in lines
    assert "a-token" not in lines
    assert "BREW" not in lines


@pytest.mark.parametrize("who", [None, FARID])
def test_whoever_does_not_mind_the_machine_learns_how_many_there_were_and_not_of_what(who, demo_app):
    """Asked each minute, "one more answered 201 at the door for bookings" would say when somebody books."""
    client = demo_app.test_client()
    client.get("/healthz")
    with demo_app.test_request_context():
        sent = {"Authorization": f"Bearer {create_token(who, 'read', NOW)}"} if who else {}
    told = [each for each in client.get("/metrics", headers=sent).text.splitlines() if each.startswith("trefpunt_")]
    assert [each.partition(" ")[0] for each in told] == [
        'trefpunt_http_requests_total{outcome="failed"}',
        'trefpunt_http_requests_total{outcome="answered"}',
    ]
    assert float(told[1].split()[1]) >= 1


@pytest.mark.parametrize(("address", "told"), [("192.0.2.7", True), ("2001:db8::1", False), ("198.51.100.1", False)])
def test_a_watchdog_is_known_by_its_address_where_that_is_set(address, told, demo_app):
    demo_app.config["TREFPUNT_METRICS_FROM"] = networks("192.0.2.0/24")
    answer = demo_app.test_client().get("/metrics", environ_base={"REMOTE_ADDR": address})
    assert ("endpoint=" in answer.text) is told


@pytest.fixture
def scrape(demo_app) -> Callable[[], dict[str, float]]:
    """What the token of an IT administrator reads, by name and labels."""
    with demo_app.test_request_context():
        token = create_token("ict.beheerder", "read", NOW)

    def read() -> dict[str, float]:
        told = demo_app.test_client().get("/metrics", headers={"Authorization": f"Bearer {token}"}).text
        lines = [each.rpartition(" ") for each in told.splitlines() if each.startswith("trefpunt_")]
        return {name: float(value) for name, _blank, value in lines}

    return read


def test_an_operator_sees_refusals_waits_mail_worker_and_who_fails_to_sign_in(demo_app, browser_of, scrape, booked):
    before = scrape()
    booked(ANN, "VZ-101", "2027-03-08T10:00", "11:00")
    ann = browser_of(ANN)
    ann.post("/rooms/VZ-101/book", data={"date": "2027-03-08", "start": "10:00", "end": "11:00", "attendees": "4"})
    demo_app.test_client().post("/login", data={"username": ANN, "password": "wrong, and long enough"})
    with demo_app.test_request_context():
        note_round(Round("mail", "host-7", NOW - timedelta(seconds=75), NOW - timedelta(seconds=70), None))
    after = scrape()

    def more(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert more('trefpunt_refusals_total{rule="R06"}') == 1
    assert more("trefpunt_sign_in_failures_total") == 1
    assert more("trefpunt_lock_wait_seconds_count") >= 1
    assert more("trefpunt_outbox_waiting") == 1
    assert after["trefpunt_outbox_late_seconds"] >= 0
    assert after["trefpunt_database_up"] == 1
    assert after['trefpunt_worker_round_age_seconds{job="mail"}'] >= 70
    assert "host-7" not in str(after)


def test_a_scrape_reads_nothing_that_is_over(scrape):
    """However many years of bookings, letters and log there are."""
    asked: list[str] = []

    def note(_connection, _cursor, statement: str, *_more) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        scrape()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    tables = {found for each in asked for found in re.findall(r"(?:FROM|JOIN) (\w+)", each)}
    assert tables.isdisjoint({"booking", "audit_entry", "receipt", "occupation", "opened", "import_draft"})
    assert [each for each in asked if "FROM outbox" in each and "outbox.sent_at IS NULL" not in each] == []
    assert len([each for each in asked if not each.startswith("BEGIN")]) <= 14


def test_a_signed_in_browser_is_no_watchdog(browser_of):
    assert "endpoint=" not in browser_of("ict.beheerder").get("/metrics").text

"""The house is read anew by one, in parts, and by nobody who keeps others from writing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import pytest
from sqlalchemy import event, text

from models.queries.house import house_is_old_for, keeper, the_house, want_the_newest_house
from models.queries.read_house import read_house, table_revisions
from models.queries.timelines import bookings_on
from models.rules.times.interval import civil_day
from models.tables.db import db
from models.tables.revised import HOUSE_TABLES
from models.tables.transaction import write_transaction
from tests.cast import NOW

SOON = 20  # seconds, for a machine that does much else
LIMITS, POLICIES, PLACES = "head_count_limit", "space_policy", "space"
CHANGES = {
    "building": "UPDATE building SET name_nl = 'Anders'",
    "organisation": "UPDATE organisation SET colour = '#123456'",
    "service": "UPDATE service SET default_minutes = 45",
    "floor": "UPDATE floor SET refuge_wheelchair_places = 3",
    "zone": "UPDATE zone SET code = code || '-X'",
    "zone_bookable_by": "DELETE FROM zone_bookable_by",
    "head_count_limit": "UPDATE head_count_limit SET max_persons = 7",
    "occupancy_rule": "UPDATE occupancy_rule SET mode = 'off'",
    "space": "UPDATE space SET notes = 'nieuw', name_fr = 'Ailleurs' WHERE code LIKE 'VZ-%'",
    "space_bookable_by": "DELETE FROM space_bookable_by",
    "space_part": "DELETE FROM space_part",
    "equipment": "DELETE FROM equipment",
    "plan_rectangle": "UPDATE plan_rectangle SET x_m = 9",
    "space_policy": "UPDATE space_policy SET ceiling = 3, buffer_after = 25 WHERE fire_max IS NOT NULL",
    "layout_capacity": "UPDATE layout_capacity SET places = 1 WHERE layout = 'boardroom'",
    "opening_hours": "UPDATE opening_hours SET closes_minute = 1380",
    "closure": "UPDATE closure SET name_nl = 'Vrij'",
    "closure_organisation": "DELETE FROM closure_organisation",
    "quota": "INSERT INTO quota (scope_type, measure, period, amount, valid_from, reason, set_at)"
    " VALUES ('person', 'hours', 'week', 9, '2027-03-01', '', '2027-03-01 08:00:00+00:00')",
    "precedence": "INSERT INTO precedence (code, name_nl, rank, role, notice_days, reason, set_at)"
    " VALUES ('RAAD', 'Raad', 1, 'elected', 9, '', '2027-03-01 08:00:00+00:00')",
    "outage": "INSERT INTO outage (scope_type, scope_code, item, valid_from, reason, set_at)"
    " VALUES ('space', 'VZ-101', 'screen', '2027-03-01', '', '2027-03-01 08:00:00+00:00')",
    "municipality": "UPDATE municipality SET name_nl = 'Proefdorp'",
}

TODAY = NOW.date()

pytestmark = pytest.mark.usefixtures("demo")


def change(statement: str) -> None:
    with write_transaction():
        db.session.execute(text(statement))


def anew() -> None:
    """As a new request would: without what the last one saw."""
    db.session.remove()


def raise_limits() -> None:
    change("UPDATE head_count_limit SET max_persons = max_persons + 1")


def test_a_house_read_in_parts_is_the_house_of_its_tables():
    """After a change of any table; what did not change is the very same."""
    assert {*CHANGES, "announcement"} == {*HOUSE_TABLES, "municipality"}
    for table, statement in CHANGES.items():
        before = the_house()
        change(statement)
        anew()
        in_parts, connection = the_house(), db.session.connection()
        whole = read_house(connection, None, in_parts.revision, table_revisions(connection)).house
        assert in_parts == _with_the_hours_of(in_parts, whole), table
        assert (in_parts.policies is before.policies) == (in_parts.policies == before.policies), table
        assert in_parts != before, table


def _with_the_hours_of(house, other):
    """Books of hours are compared by their rows."""
    assert sorted(map(str, house.hours.all_rows())) == sorted(map(str, other.hours.all_rows()))
    object.__setattr__(other, "hours", house.hours)
    return other


def test_a_change_asks_for_its_own_table_and_leaves_what_was_worked_out_of_others():
    house = the_house()
    known, widest = house.policy("VZ-101", TODAY), house.widest_buffer
    raise_limits()
    anew()
    with asked() as statements:
        after = the_house()
    assert [name for name in HOUSE_TABLES if any(f"FROM {name} " in each for each in statements)] == [LIMITS]
    assert after.limits != house.limits
    assert after.__dict__["widest_buffer"] is widest
    assert after.policy("VZ-101", TODAY) is known
    change("UPDATE space_policy SET ceiling = 2 WHERE space_id = (SELECT id FROM space WHERE code = 'VZ-101')")
    anew()
    changed = the_house()
    assert changed.policies["VZ-101"] != after.policies["VZ-101"]
    assert changed.policies["VZ-102"] is after.policies["VZ-102"]
    assert changed.policy("VZ-101", TODAY).ceiling == 2


@contextmanager
def asked() -> Iterator[list[str]]:
    statements: list[str] = []

    def hear(_connection, _cursor, statement: str, *_more) -> None:
        statements.append(" ".join(statement.split()))

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)


class SlowReading:
    """A database that answers nothing about one table for as long as the test says."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.begun, self.goes_on = threading.Event(), threading.Event()

    def __call__(self, _connection, _cursor, statement: str, *_more) -> None:
        if f"FROM {self.table} " in " ".join(statement.split()):
            self.begun.set()
            assert self.goes_on.wait(SOON)


@contextmanager
def slow(table: str) -> Iterator[SlowReading]:
    reading = SlowReading(table)
    event.listen(db.engine, "before_cursor_execute", reading)
    try:
        yield reading
    finally:
        reading.goes_on.set()
        event.remove(db.engine, "before_cursor_execute", reading)


@pytest.fixture
def elsewhere(demo_app) -> Iterator[Callable[[Callable[[], object]], Callable[[], object]]]:
    """Has something done in a thread with a session of its own; what that answers is called to wait for it."""
    threads: list[threading.Thread] = []

    def begin(do: Callable[[], object]) -> Callable[[], object]:
        answers: list[object] = []

        def run() -> None:
            with demo_app.app_context():
                answers.append(do())

        thread = threading.Thread(target=run)
        threads.append(thread)
        thread.start()

        def answer() -> object:
            thread.join(SOON)
            return answers[0] if answers else None

        return answer

    yield begin
    for thread in threads:
        thread.join(SOON)


def newest() -> int:
    want_the_newest_house()
    return the_house().revision


def test_one_reads_it_anew_while_others_read_on_in_the_old_one_and_a_manager_waits(elsewhere):
    old = the_house().revision
    raise_limits()
    with slow(LIMITS) as reading:
        first = elsewhere(lambda: the_house().revision)
        assert reading.begun.wait(SOON)
        anew()
        assert the_house().revision == old
        manager = elsewhere(newest)
        reading.goes_on.set()
        assert first() == manager() == _revision() > old
    anew()
    assert the_house().revision == _revision()


def test_what_is_read_beside_the_old_house_is_not_taken_for_what_lies_in_the_new_one(elsewhere):
    old, today = the_house(), civil_day(TODAY, the_house().zone)
    raise_limits()
    with slow(LIMITS) as reading:
        first = elsewhere(lambda: the_house().revision)
        assert reading.begun.wait(SOON)
        anew()
        bookings_on(the_house(), [1], today)
        reading.goes_on.set()
        assert first() > old.revision
    anew()
    with asked() as statements:
        bookings_on(the_house(), [1], today)
    assert any("FROM booking " in each for each in statements)


def test_where_places_come_everybody_waits_for_them(elsewhere):
    old = the_house().revision
    change("UPDATE space SET notes = 'nieuw'")
    with slow(PLACES) as reading:
        first = elsewhere(lambda: the_house().revision)
        assert reading.begun.wait(SOON)
        second = elsewhere(lambda: the_house().revision)
        reading.goes_on.set()
        assert first() == second() == _revision() > old


def test_until_it_is_known_whether_places_come_everybody_waits(elsewhere):
    old = the_house().revision
    change("UPDATE space SET notes = 'nieuw'")
    with slow("table_revision") as reading:
        first = elsewhere(lambda: the_house().revision)
        assert reading.begun.wait(SOON)
        second = elsewhere(lambda: the_house().revision)
        reading.goes_on.set()
        assert first() == second() == _revision() > old


def test_a_writer_reads_the_house_before_it_takes_the_lock_and_others_write_meanwhile(elsewhere):
    the_house()
    raise_limits()

    def write() -> tuple[int, list[str]]:
        with write_transaction(), asked() as statements:
            return the_house().revision, [each for each in statements if LIMITS in each]

    with slow(LIMITS) as reading:
        writer = elsewhere(write)
        assert reading.begun.wait(SOON)
        with db.engine.execution_options(writes=True).begin() as connection:
            connection.execute(text("UPDATE organisation SET colour = '#654321'"))
        now = _revision()
        reading.goes_on.set()
        assert writer() == (now, [])


@pytest.mark.parametrize("undone", [True, False])
def test_a_writer_reads_again_only_what_it_changed_itself(undone):
    before = the_house()
    with pytest.raises(ZeroDivisionError) if undone else nullcontext(), write_transaction():
        for limit in (3, 4):
            db.session.execute(text("UPDATE head_count_limit SET max_persons = :limit"), {"limit": limit})
            with asked() as statements:
                house = the_house()
            assert {held for timeline in house.limits.values() for _, held in timeline} == {limit}
            assert not any(POLICIES in each for each in statements)
        if undone:
            raise ZeroDivisionError
    anew()
    assert (the_house().limits == before.limits) == undone


def test_a_reading_that_fails_keeps_the_old_house_and_says_so(caplog, client_of_demo):
    old = the_house()

    def lose_the_connection(_connection, cursor, statement: str, *_more) -> None:
        if f"FROM {LIMITS} " in " ".join(statement.split()):
            cursor.connection.close()

    raise_limits()
    event.listen(db.engine, "before_cursor_execute", lose_the_connection)
    anew()
    assert the_house() is old
    event.remove(db.engine, "before_cursor_execute", lose_the_connection)
    assert "the one in memory is kept" in caplog.text
    assert house_is_old_for() > 0
    assert "the house could not be read anew" in client_of_demo.get("/readyz").get_data(as_text=True)
    keeper().tried_at = 0.0  # a second later
    anew()
    assert (the_house().revision, house_is_old_for()) == (_revision(), 0.0)


@pytest.fixture
def client_of_demo(demo_app):
    return demo_app.test_client()


def _revision() -> int:
    with db.engine.connect() as connection:
        return connection.execute(text("SELECT revision FROM municipality")).scalar_one()

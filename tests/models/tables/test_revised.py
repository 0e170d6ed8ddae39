"""What the database itself marks as changed, whoever changes it: the days, the people and the tables, and no others."""

from __future__ import annotations

from datetime import date

import flask_migrate
import pytest
from sqlalchemy import text

from models.queries.revisions import days_revision, person_revision, revisions, spaces_revision, tables_revision
from models.tables.db import db
from models.tables.person import PersonRow
from models.tables.revised import BOOKING_TABLES, HOUSE_TABLES
from models.tables.transaction import write_transaction
from tests.models.tables.by_hand import BOTH, INSERT, LEFT, RIGHT, ROOM, SQUARE, book, numbers, run

pytestmark = pytest.mark.usefixtures("app_context", "small_building")

TUESDAY, WEDNESDAY, THURSDAY = (date(2027, 3, day) for day in (2, 3, 4))
AN, BRAM = 1, 2
IN_ROOM = {(ROOM, WEDNESDAY)}


@pytest.fixture
def ours(small_building) -> int:
    """A booking of An's in the room, and beside it one that nobody touches, in the square."""
    with write_transaction():
        db.session.add(PersonRow(id=BRAM, username="bram", display_name="Bram", organisation_id=1))
    book(SQUARE, "10:00:00", "11:00:00")
    return book(ROOM, "10:00:00", "11:00:00")


def marks() -> dict[tuple, int]:
    days = db.session.execute(text("SELECT space_id, day, revision FROM space_day")).all()
    people = db.session.execute(text("SELECT person_id, revision FROM person_revision")).all()
    return {(space, date.fromisoformat(str(day))): revision for space, day, revision in days} | {
        (person,): revision for person, revision in people
    }


def moved(before: dict[tuple, int]) -> set[tuple]:
    return {mark for mark, revision in marks().items() if revision > before.get(mark, 0)}


@pytest.mark.parametrize(
    ("space", "start", "end", "marked"),
    [
        (ROOM, "10:00:00", "11:00:00", IN_ROOM),
        (ROOM, "22:00:00", "24:00:00", IN_ROOM),  # ends as the next day begins
        (ROOM, "00:00:00", "01:00:00", IN_ROOM),  # begins as this one does
        (BOTH, "10:00:00", "11:00:00", {(space, WEDNESDAY) for space in (BOTH, LEFT, RIGHT)}),
        (LEFT, "10:00:00", "11:00:00", {(LEFT, WEDNESDAY)}),  # the hall asks its parts
    ],
)
def test_a_booking_marks_its_days_in_its_space_and_the_parts_of_it(space, start, end, marked):
    before = marks()
    number = book(space, start, "23:00:00" if end == "24:00:00" else end)
    if end == "24:00:00":
        run("UPDATE booking SET ends_at = :end WHERE id = :number", end=_instant("2027-03-04 00:00:00"), number=number)
    assert moved(before) == marked | {(AN,)}


CHANGES = {
    "moved to another space": ("UPDATE booking SET space_id = 3 WHERE id = :ours", {(RIGHT, WEDNESDAY)}),
    "moved into a composite": (
        "UPDATE booking SET space_id = 4 WHERE id = :ours",
        {(space, WEDNESDAY) for space in (BOTH, LEFT, RIGHT)},
    ),
    "moved to another day": (
        "UPDATE booking SET starts_at = '2027-03-02 10:00:00', ends_at = '2027-03-02 11:00:00' WHERE id = :ours",
        {(ROOM, TUESDAY)},
    ),
    "made longer than a night": (
        "UPDATE booking SET ends_at = '2027-03-04 00:30:00' WHERE id = :ours",
        {(ROOM, THURSDAY)},
    ),
    "handed on": ("UPDATE booking SET organiser_id = 2 WHERE id = :ours", {(BRAM,)}),
    "cancelled": ("UPDATE booking SET status = 'cancelled' WHERE id = :ours", set()),
    "called otherwise": ("UPDATE booking SET title = 'Overleg' WHERE id = :ours", set()),
    "deleted": ("DELETE FROM booking WHERE id = :ours", set()),
    "waits for a word": ("INSERT INTO approval (booking_id, role) VALUES (:ours, 'dpo')", set()),
    "for a caller": ("INSERT INTO booking_caller (booking_id, name) VALUES (:ours, 'Wim Vos')", set()),
}


@pytest.mark.parametrize(("statement", "besides"), CHANGES.values(), ids=CHANGES)
def test_a_change_marks_where_a_booking_stood_and_where_it_stands_and_nothing_else(statement, besides, ours):
    before = marks()
    run(statement.replace(":00'", ":00+00'") if is_postgresql() else statement, ours=ours)
    assert moved(before) == IN_ROOM | {(AN,)} | besides


@pytest.mark.usefixtures("ours")
def test_what_is_no_booking_marks_no_day_and_only_its_own_table():
    before, tables = marks(), {name: tables_revision(name) for name in (*HOUSE_TABLES, *BOOKING_TABLES)}
    run("UPDATE space SET notes = 'nieuw'")
    run("UPDATE person SET display_name = 'Anna' WHERE id = 1")
    assert moved(before) == set()
    assert {name for name, revision in tables.items() if tables_revision(name) > revision} == {"space", "person"}
    assert tables_revision("zone", "person") > max(tables["zone"], tables["person"])


def test_the_questions_cost_one_query_each_and_know_what_never_changed(ours):
    assert days_revision([ROOM, LEFT], [TUESDAY, WEDNESDAY]) == {ROOM: revisions()[1], LEFT: 0}
    assert days_revision([], [TUESDAY]) == {}
    assert (spaces_revision([ROOM, SQUARE]), spaces_revision([LEFT])) == (revisions()[1], 0)
    assert (person_revision(AN), person_revision(BRAM), tables_revision("quota")) == (revisions()[1], 0, 0)
    assert tables_revision("booking") == sum(revisions())


def test_a_transaction_of_many_rows_raises_the_municipality_once_on_postgresql():
    """Each version of a row that its own transaction wrote is looked at by the next raise: thirty thousand of them cost
    an import its minutes."""
    day, house = WEDNESDAY.isoformat(), revisions()
    rows = [
        {
            "id": next(numbers),
            "uid": f"many-{nth}@test",
            "space": SQUARE,
            "starts_at": _instant(f"{day} 10:00:00"),
            "ends_at": _instant(f"{day} 11:00:00"),
            "status": "confirmed",
            "exclusive": False,
        }
        for nth in range(1_001)
    ]
    with write_transaction():
        for nth in range(10):
            db.session.execute(text("UPDATE space SET notes = :notes"), {"notes": str(nth)})
        db.session.execute(text(INSERT), rows)
    raised = (1, 1) if is_postgresql() else (50, 1_001)
    assert tuple(after - before for before, after in zip(house, revisions(), strict=True)) == raised
    assert days_revision([SQUARE], [WEDNESDAY]) == {SQUARE: revisions()[1]}


def test_what_was_booked_before_there_were_marks_has_none_until_it_changes(ours):
    db.session.remove()
    flask_migrate.downgrade(revision="0024")
    flask_migrate.upgrade()
    assert (days_revision([ROOM], [WEDNESDAY]), person_revision(AN)) == ({ROOM: 0}, 0)
    run("UPDATE booking SET title = 'Overleg' WHERE id = :ours", ours=ours)
    assert (days_revision([ROOM], [WEDNESDAY]), person_revision(AN)) == ({ROOM: revisions()[1]}, revisions()[1])


CHANGES_OF_THE_HOUSE = {
    "building": "UPDATE building SET address = 'Markt 1'",
    "organisation": "UPDATE organisation SET is_host = is_host",
    "floor": "UPDATE floor SET lift = lift",
    "zone": "UPDATE zone SET silent = silent",
    "space": "UPDATE space SET notes = 'nieuw'",
    "space_part": "DELETE FROM space_part",
    "equipment": "INSERT INTO equipment (space_id, item) VALUES (1, 'screen')",
    "space_bookable_by": "INSERT INTO space_bookable_by (space_id, organisation_id) VALUES (1, 1)",
    "zone_bookable_by": "INSERT INTO zone_bookable_by (zone_id, organisation_id) VALUES (1, 1)",
    "municipality": "UPDATE municipality SET name_nl = 'Proefdorp'",
}


@pytest.mark.parametrize(("table", "statement"), CHANGES_OF_THE_HOUSE.items())
def test_the_revision_grows_with_every_change_of_the_house(table, statement):
    before, of_table = revisions()[0], tables_revision(table)
    run(statement)
    assert revisions()[0] > before
    assert tables_revision(table) > of_table


def test_the_revision_stays_when_people_book():
    before = revisions()[0]
    run("UPDATE booking SET status = 'cancelled' WHERE id = :number", number=book(ROOM, "10:00:00", "11:00:00"))
    assert revisions()[0] == before


def test_every_table_whose_changes_count_is_a_table():
    assert {*HOUSE_TABLES, *BOOKING_TABLES} <= set(db.metadata.tables)


def is_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"


def _instant(written: str) -> str:
    return f"{written}+00" if is_postgresql() else written

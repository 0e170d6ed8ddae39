"""How often what changed: what was read, or made, at one revision is true for as long as it stands.

They only say when something must be worked out again. What goes out, its tag, order and size, is made of what its
reader sees: a revision would tell them how often others book.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection, Row, TextClause, bindparam, func, select, text

from models.queries.among import DIALECTS, among, each_of, listed
from models.tables.db import db
from models.tables.municipality import Municipality
from models.tables.revision import PersonRevision, TableRevision
from models.tables.transaction import TOLD_WITH_LOCK, is_writing

_REVISIONS = select(Municipality.revision, Municipality.bookings_revision).order_by(Municipality.id)
_OF_TABLES = select(func.coalesce(func.max(TableRevision.revision), 0)).where(
    TableRevision.name.in_(bindparam("names", expanding=True))
)
_OF_PERSON = select(func.coalesce(func.max(PersonRevision.revision), 0)).where(
    PersonRevision.person_id == bindparam("person_id")
)
_OF_DAYS = "SELECT space_id, max(revision) FROM space_day WHERE {spaces} AND {days} GROUP BY space_id"
_OF_STRETCH = "SELECT space_id, max(revision) FROM space_day WHERE {spaces} AND {stretch} GROUP BY space_id"
# Space by space: asked for the highest of all at once, SQLite looks for it among every day that there ever was.
_OF_SHOWN = """
    SELECT coalesce(max(highest), 0), (SELECT coalesce(max(revision), 0) FROM table_revision WHERE name = :name)
    FROM (SELECT max(revision) AS highest FROM space_day WHERE {spaces} AND {stretch} GROUP BY space_id) AS each
"""
# Each space's highest is the last entry of an index: those of its other days are not looked at.
_OF_SPACES = """
    SELECT coalesce(max((SELECT max(revision) FROM space_day WHERE space_id = each.value)), 0) FROM {numbers}
"""
_STRETCH = {
    "sqlite": "day BETWEEN :first AND :last",
    "postgresql": "day BETWEEN CAST(:first AS date) AND CAST(:last AS date)",
}
_ASKED: Mapping[tuple[str, str], TextClause] = {
    (question, dialect): text(
        question.format(
            spaces=among(dialect, "space_id", "spaces"),
            numbers=each_of(dialect, "spaces", "each"),
            days=among(dialect, "day", "days", "date"),
            stretch=_STRETCH[dialect],
        )
    )
    for question in (_OF_DAYS, _OF_STRETCH, _OF_SHOWN, _OF_SPACES)
    for dialect in DIALECTS
}


class NoMunicipality(LookupError):
    """The database is empty: import a building first."""


def revisions() -> tuple[int, int]:
    """How often the house and how often its bookings have changed. One query a transaction, for a reader sees no later
    change; a writer's every time. On PostgreSQL a writer's first change raises them, and no further one."""
    session = db.session()
    transaction, found = session.info.get("revisions", (None, None))
    if transaction is None or transaction is not session.get_transaction():
        found = session.connection().execute(_REVISIONS).one_or_none()
        if found is None:
            raise NoMunicipality
        session.info["revisions"] = (None if is_writing() else session.get_transaction()), found
    return tuple(found)


def revisions_at_lock() -> tuple[int, int]:
    """As they were when this writer got the lock, which told them with it: no query. Ask before anything is written."""
    told: tuple[int, int] | None = db.session.info.get(TOLD_WITH_LOCK)
    return told or revisions()


def note_revisions(house: int, bookings: int) -> None:
    """What another question of this transaction read beside its own: revisions() need not ask for it."""
    session = db.session()
    session.info["revisions"] = (None if is_writing() else session.get_transaction()), (house, bookings)


def days_revision(space_ids: Collection[int], days: Collection[date]) -> dict[int, int]:
    """Of each of these spaces, the highest of these days of UTC: moved by whatever is booked, changed, cancelled or
    deleted there, be it in the space itself or in a composite that it is part of. 0 where nothing was. One query.

    A civil day of a building lies on two days of UTC: ask for both. What a composite is made of the house knows.
    """
    found = _asked(_OF_DAYS, spaces=space_ids, days=[day.isoformat() for day in days])
    return dict.fromkeys(space_ids, 0) | {space_id: revision for space_id, revision in found}


def stretch_revision(space_ids: Collection[int], first: date, last: date) -> dict[int, int]:
    """The same of consecutive days: a month of them costs hardly more than one. One query."""
    found = _asked(_OF_STRETCH, {"first": first.isoformat(), "last": last.isoformat()}, spaces=space_ids)
    return dict.fromkeys(space_ids, 0) | {space_id: revision for space_id, revision in found}


def shown_revision(space_ids: Collection[int], first: date, last: date, table: str) -> tuple[int, int]:
    """The highest of all these spaces on consecutive days, and the one of a table. One query."""
    values = {"first": first.isoformat(), "last": last.isoformat(), "name": table}
    highest, of_table = _asked(_OF_SHOWN, values, spaces=space_ids)[0]
    return highest, of_table


def spaces_revision(space_ids: Collection[int]) -> int:
    """The highest of all days of these spaces. One query."""
    return _asked(_OF_SPACES, spaces=space_ids)[0][0]


def person_revision(person_id: int) -> int:
    """Moved by whatever becomes of a booking that this person organises or made. One query."""
    return _connection().execute(_OF_PERSON, {"person_id": person_id}).scalar_one()


def tables_revision(*names: str) -> int:
    """The highest of these tables, be they of the house or of bookings and people. One query."""
    return _connection().execute(_OF_TABLES, {"names": names}).scalar_one()


def _asked(question: str, values: Mapping[str, str] | None = None, **lists: Collection[object]) -> list[Row]:
    connection = _connection()
    dialect = connection.dialect.name
    told = {name: listed(dialect, each) for name, each in lists.items()}
    return list(connection.execute(_ASKED[question, dialect], {**told, **(values or {})}))


def _connection() -> Connection:
    """After what a writer changed has been sent, or its own changes would not count."""
    db.session.flush()
    return db.session.connection()

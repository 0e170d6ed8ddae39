"""Who asks, by the token of their session or program. Asked before every answer: one query, and the person only where
somebody's roles, duties or name changed since this process last read them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Row, bindparam, func, literal_column, or_, select

from models.queries.kept import kept
from models.queries.people import person_by_id
from models.queries.revisions import note_revisions
from models.queries.tokens import still_works
from models.rules.people.lock import is_locked
from models.rules.people.person import Person
from models.tables.db import UtcDateTime, db
from models.tables.municipality import Municipality
from models.tables.person import ApiToken, SessionRow
from models.tables.revision import TableRevision
from models.tables.transaction import is_writing

MOST_KEPT = 5000  # people, of a kilobyte each
OF_A_PERSON = ("person", "person_role", "person_coordinates", "person_heads", "person_delegate")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A person who proved who they are by a token, and when that token was last used before."""

    person: Person
    last_used_at: datetime | None
    shared: bool = False
    locked: bool = False


def person_of_session(token_hash: str, now: datetime, idle: timedelta) -> Recognised | None:
    """Whose open session this is: not ended, not left alone for as long as `idle`, and its person still active. At a
    shared computer it is locked instead, and opens nothing."""
    row, person = _asked(_OF_SESSION, {"token_hash": token_hash, "now": now, "used_since": now - idle})
    if row is None or person is None:
        return None
    locked = is_locked(row.shared, row.locked_at, row.last_used_at, now)
    return Recognised(person, row.last_used_at, row.shared, locked)


def person_of_api_token(token_hash: str, now: datetime) -> Recognised | None:
    """Whose token this is, with its scope: not ended, and its person still active."""
    row, person = _asked(_OF_TOKEN, {"token_hash": token_hash, "now": now})
    return Recognised(replace(person, scope=row.scope), row.last_used_at) if row is not None and person else None


def _asked(question, values: dict) -> tuple[Row | None, Person | None]:
    row = db.session.connection().execute(question, values).one_or_none()
    if row is None:
        return None, None
    if row.house is not None:
        note_revisions(row.house, row.bookings)
        info = db.session.info
        info["people"] = info["revisions"], (row.people, row.house)
    person = _person(row.person_id, (row.people, row.house))
    return row, person if person is not None and person.active else None


def person_now(person_id: int) -> Person | None:
    """As the database knows them, no earlier than at revisions(): no query where the same question told those and who
    asks, and so no change of anybody has come between."""
    info = db.session.info
    noted, revision = info.get("people", (None, None))
    # The first of `noted` is the transaction; none for a writer, who notes what may be rolled back.
    if noted and noted[0] and noted[0] is db.session().get_transaction() and info.get("revisions") is noted:
        return _person(person_id, revision)
    return person_by_id(person_id)


def _person(person_id: int, revision: object) -> Person | None:
    """As they are at this revision of people and house, whose codes they bear. What is read is no older than it."""
    if is_writing():
        return person_by_id(person_id)
    people = kept("people", revision, dict[int, Person | None])
    if person_id not in people:
        if len(people) >= MOST_KEPT:
            people.clear()
        people[person_id] = person_by_id(person_id)
    return people[person_id]


# Names as they stand: of a list of values the SQL is written anew each time.
_MUNICIPALITY = select(Municipality).order_by(Municipality.id).limit(1)
_AT = (
    select(func.coalesce(func.max(TableRevision.revision), 0))
    .where(TableRevision.name.in_([literal_column(f"'{name}'") for name in OF_A_PERSON]))
    .scalar_subquery()
    .label("people"),
    _MUNICIPALITY.with_only_columns(Municipality.revision).scalar_subquery().label("house"),
    _MUNICIPALITY.with_only_columns(Municipality.bookings_revision).scalar_subquery().label("bookings"),
)
_NOW = bindparam("now", type_=UtcDateTime())
_OF_SESSION = select(
    SessionRow.person_id, SessionRow.last_used_at, SessionRow.shared, SessionRow.locked_at, *_AT
).where(
    SessionRow.token_hash == bindparam("token_hash"),
    SessionRow.ends_at > _NOW,
    or_(SessionRow.shared, SessionRow.last_used_at > bindparam("used_since", type_=UtcDateTime())),
)
_OF_TOKEN = select(ApiToken.person_id, ApiToken.last_used_at, ApiToken.scope, *_AT).where(
    ApiToken.token_hash == bindparam("token_hash"), still_works(_NOW)
)

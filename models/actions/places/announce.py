"""Tell everyone something, say it otherwise, and take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.actions.record import record
from models.queries.announcements import announcement_row
from models.queries.house import the_house
from models.rules.changes.announcement import LEVELS, SCOPES, may_announce
from models.rules.house.house import House
from models.rules.house.names import LANGUAGES, name_columns
from models.rules.people.person import Person
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused, checked_value, refusal
from models.rules.times.interval import civil_date
from models.rules.values import Scope, Text
from models.tables.announcement import Announcement
from models.tables.db import db
from models.tables.transaction import writes

TEXT = Text(500, lines=True)


@dataclass(frozen=True, slots=True)
class ToAnnounce:
    """`texts` by language, Dutch at least. `scope`: `building:AC`, `floor:F1`, `zone:Z1-VER`, or "" for everywhere."""

    texts: Mapping[str, str | None]
    scope: str
    first: date
    last: date
    level: str = "info"


@writes
def announce(wish: ToAnnounce, person: Person, now: datetime) -> int:
    """Its number. Raises NotAllowed, and BadRequest with the field: text_nl, scope, first, last or level."""
    _check(wish, person, the_house(), now)
    row = Announcement(created_by_id=person.id, created_at=now)
    _fill(row, wish)
    db.session.add(row)
    db.session.flush()
    _record("announce", row, person, now)
    return row.id


@writes
def change_announcement(number: int, wish: ToAnnounce, version: int, person: Person, now: datetime) -> None:
    """`version`: the one that the editor saw; when somebody was there since, Refused says changed_meanwhile."""
    row = _own_row(number, person)
    _check(wish, person, the_house(), now)
    if row.version != version:
        raise Refused([refusal("changed_meanwhile", actual=row.version)])
    _fill(row, wish)
    row.version += 1
    _record("change_announcement", row, person, now)


@writes
def end_announcement(number: int, person: Person, now: datetime) -> None:
    """From now on nobody reads it any more; the row stays. NotFound for one that was ended before."""
    row = _own_row(number, person)
    row.ended_at, row.version = now, row.version + 1
    _record("end_announcement", row, person, now)


def _own_row(number: int, person: Person) -> Announcement:
    row = announcement_row(number)
    if row is None:
        raise NotFound
    if not may_announce(person, f"{row.scope_type}:{row.scope_code}" if row.scope_type else "", the_house()):
        raise NotAllowed("announce")
    return row


def _check(wish: ToAnnounce, person: Person, house: House, now: datetime) -> None:
    for language in LANGUAGES:
        checked_value(f"text_{language}", TEXT, wish.texts.get(language) or "")
    if not (wish.texts.get("nl") or "").strip():
        raise BadRequest("text_nl", "required")
    _check_scope(wish.scope, house)
    if not may_announce(person, wish.scope, house):
        raise NotAllowed("announce")
    if wish.level not in LEVELS:
        raise BadRequest("level", "unknown_choice")
    if wish.last < wish.first:
        raise BadRequest("last", "not_after_start")
    if wish.last < civil_date(now, house.zone):
        raise BadRequest("last", "in_the_past")


def _check_scope(scope: str, house: House) -> None:
    sort, code = Scope.read(scope)
    if scope and (sort not in SCOPES or code not in house.by_sort[sort]):
        raise BadRequest("scope", "unknown_code")


def _fill(row: Announcement, wish: ToAnnounce) -> None:
    for column, text in name_columns(wish.texts).items():
        setattr(row, column, text)
    row.scope_type, row.scope_code = (part or None for part in Scope.read(wish.scope))
    row.level, row.valid_from, row.valid_to = wish.level, wish.first, wish.last


def _record(action: str, row: Announcement, person: Person, now: datetime) -> None:
    record(
        action,
        "announcement",
        row.id,
        person,
        now,
        scope_type=row.scope_type,
        scope_code=row.scope_code,
        level=row.level,
        valid_from=row.valid_from.isoformat(),
        valid_to=row.valid_to.isoformat(),
    )

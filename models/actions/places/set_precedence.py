"""Say who comes before whom in the published table of precedence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.actions.record import check_as_seen, record
from models.queries.house import the_house
from models.queries.policies import precedence_row
from models.rules.changes.checking import check_reason
from models.rules.changes.place_wishes import check_names
from models.rules.codes import Codes
from models.rules.house.names import LANGUAGES
from models.rules.house.place_codes import new_code
from models.rules.people.person import ROLES, Person
from models.rules.people.rights import holds
from models.rules.refusals import NotAllowed, NotFound, checked_value
from models.rules.values import OneOf, Whole
from models.tables.db import db
from models.tables.rules import PrecedenceRow
from models.tables.transaction import writes

THING = "precedence"
RANK, NOTICE_DAYS = Whole(1, 1000), Whole(0, 730)


@dataclass(frozen=True, slots=True)
class PrecedenceWish:
    """`names` by language, Dutch at least. The lowest rank comes first."""

    names: Mapping[str, str | None]
    rank: int
    role: str
    notice_days: int


@writes
def add_precedence(code: str, wish: PrecedenceWish, person: Person, now: datetime, *, reason: str) -> None:
    _check(wish, person, reason)
    row = PrecedenceRow(code=new_code("code", code, Codes(each.code for each in the_house().precedence)))
    db.session.add(row)
    _put(row, wish, person, now, reason)


@writes
def change_precedence(
    code: str, wish: PrecedenceWish, person: Person, now: datetime, *, reason: str, seen: int | None = None
) -> None:
    """`seen`: the version that the editor saw; when somebody was there since, Refused says changed_meanwhile."""
    _check(wish, person, reason)
    _put(_row(code, seen), wish, person, now, reason)


@writes
def remove_precedence(code: str, person: Person, now: datetime, *, reason: str, seen: int | None = None) -> None:
    """Nobody claims in its name any more; bookings already claimed in it keep saying so."""
    _check_right(person, reason)
    db.session.delete(_row(code, seen))
    record("set_precedence", THING, code, person, now, reason=reason, removed=True)


def _row(code: str, seen: int | None) -> PrecedenceRow:
    row = precedence_row(code)
    if row is None:
        raise NotFound
    check_as_seen(row.version, seen)
    return row


def _put(row: PrecedenceRow, wish: PrecedenceWish, person: Person, now: datetime, reason: str) -> None:
    for language in LANGUAGES:
        setattr(row, f"name_{language}", wish.names.get(language) or None)
    row.rank, row.role, row.notice_days = wish.rank, wish.role, wish.notice_days
    row.reason, row.set_by_id, row.set_at, row.version = reason, person.id, now, (row.version or 0) + 1
    record(
        "set_precedence",
        THING,
        row.code,
        person,
        now,
        reason=reason,
        rank=wish.rank,
        role=wish.role,
        notice_days=wish.notice_days,
    )


def _check(wish: PrecedenceWish, person: Person, reason: str) -> None:
    _check_right(person, reason)
    check_names(wish.names)
    checked_value("rank", RANK, wish.rank)
    checked_value("role", OneOf(ROLES), wish.role)
    checked_value("notice_days", NOTICE_DAYS, wish.notice_days)


def _check_right(person: Person, reason: str) -> None:
    if not holds(person, "set_precedence"):
        raise NotAllowed("set_precedence")
    check_reason(reason)

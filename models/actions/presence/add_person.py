"""Somebody who was not on the list is added to it while it runs: as little of them, and for as short, as can be."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update

from models.actions.presence.evacuate import own_row
from models.actions.presence.tick_off import mark_line
from models.queries.evacuations import added_described, line_of, number_added
from models.queries.house import the_house
from models.rules.people.handles import is_handle
from models.rules.people.person import Person
from models.rules.presence.evacuation import Added, ToClear
from models.rules.refusals import BadRequest, Refused, checked_value, refusal
from models.rules.values import Text
from models.tables.db import db
from models.tables.presence import Evacuation, EvacuationLine
from models.tables.transaction import touched, writes

DESCRIPTION = Text(80, needed=True)
MOST_ADDED = 200
ADDED_AS = ("out", "missing")
DESCRIBED_FOR = timedelta(days=1)  # where nobody ends it


@writes
def add_person(number: int, added: Added, person: Person, now: datetime) -> ToClear:
    """Who it is stands on their line until the evacuation ends, and in no log."""
    row, key = own_row(number, person), f"x-{added.key}"
    known = line_of(number, key)
    if known is not None:
        return known
    if row.ended_at is not None:
        raise Refused([refusal("wrong_status")])
    _check(added, row)
    db.session.add(
        EvacuationLine(
            evacuation_id=number,
            key=key,
            sort="added",
            zone=added.zone,
            persons=1,
            description=added.description.strip(),
        )
    )
    db.session.flush()
    return mark_line(number, key, added.mark, 1, person, now)


def _check(added: Added, row: Evacuation) -> None:
    if not is_handle(added.key):
        raise BadRequest("key", "not_a_key")
    checked_value("description", DESCRIPTION, added.description)
    zone = the_house().zones.get(added.zone)
    if added.zone and (zone is None or zone.building != row.building):
        raise BadRequest("zone", "unknown_code")
    if added.mark not in ADDED_AS:
        raise BadRequest("mark", "unknown_choice", choices=ADDED_AS)
    if number_added(row.id) >= MOST_ADDED:
        raise BadRequest("description", "too_many", most=MOST_ADDED)


def forget_added(now: datetime) -> int:
    """Of an evacuation that nobody ends who was added is forgotten after a day. How many; safe to run twice."""
    before = now - DESCRIBED_FOR
    due = added_described(before)
    db.session.rollback()
    return _forget(before) if due else 0  # an idle worker never takes the writers' lock


@writes
def _forget(before: datetime) -> int:
    line = EvacuationLine
    theirs = line.evacuation_id.in_(added_described(before)) & line.description.is_not(None)
    return touched(update(line).where(theirs).values(description=None))

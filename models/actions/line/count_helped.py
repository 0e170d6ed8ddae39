"""Somebody was helped at the quick desk, where nobody takes a number: one press counts one."""

from __future__ import annotations

from datetime import timedelta

from models.actions.line.join import new_visit
from models.actions.line.stamps import stamp
from models.queries.house import the_house
from models.queries.line import last_counted_at, served_by, visit_by_key
from models.rules.line.outcomes import BOOKED
from models.rules.people.person import By
from models.rules.refusals import BadRequest, NotFound
from models.tables.db import db
from models.tables.transaction import writes

STILL_ONE_TALK = timedelta(minutes=15)


@writes
def count_helped(zone: str, service: str, by: By, key: str | None = None) -> None:
    """One more today. How long it took is the time since the same colleague's press before, where that is no longer
    than a talk may be; nobody knows it of the first. `key`: what was pressed; the same twice counts one. Raises
    NotFound for whoever does not work there, and BadRequest."""
    house = the_house()
    services = served_by(by.person, zone, by.now, house) if zone in house.zones else frozenset()
    if not services:
        raise NotFound
    if service not in services:
        raise BadRequest("service", "unknown_code")
    if key and visit_by_key(key) is not None:
        return
    before = last_counted_at(by.person.id, by.now, house)
    row = new_visit(zone, service, by.person, by.now, house, is_counted=True)
    row.state, row.outcome, row.join_key, row.person_id = "done", BOOKED, key, by.person.id
    if before is not None and by.now - before <= STILL_ONE_TALK:
        row.handled_seconds = round((by.now - before).total_seconds())
    db.session.add(row)
    stamp("count", row, by.person, by.now)

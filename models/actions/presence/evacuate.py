"""Begin an evacuation, a drill or a test, and end it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, update

from models.actions.record import record
from models.queries.evacuations import evacuation_row, running_row
from models.queries.house import the_house
from models.queries.presence import bookings_now, live_counts
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.presence.counts import lines_now
from models.rules.presence.evacuation import SORTS, gives_way, to_clear
from models.rules.refusals import BadRequest, NotAllowed, NotFound
from models.tables.db import db
from models.tables.presence import Evacuation, EvacuationLine
from models.tables.transaction import writes

_LINE = insert(EvacuationLine.__table__)


@writes
def start_evacuation(building: str, sort: str, person: Person, now: datetime) -> int:
    """Its number. The list is kept as it stands at this moment. Whoever comes second joins the one that runs already;
    only where it turns serious during a drill or a test, that ends and another list is made."""
    house = the_house()
    if building not in house.buildings:
        raise NotFound
    _check_right(person)
    if sort not in SORTS:
        raise BadRequest("sort", "unknown_choice", choices=SORTS)
    running = running_row(building)
    if running is not None and not gives_way(running.sort, sort):
        return running.id
    if running is not None:
        _close(running, person, now)
    row = Evacuation(building=building, sort=sort, started_at=now, started_by_id=person.id)
    db.session.add(row)
    db.session.flush()
    lines = lines_now(bookings_now(house, building, now), live_counts(house, now, building), house, now)
    rows = [
        {
            "evacuation_id": row.id,
            "key": each.key,
            "sort": each.sort,
            "zone": each.zone,
            "space": each.space,
            "booking_id": each.booking,
            "persons": each.persons,
            "wheelchair": each.wheelchair,
        }
        for each in to_clear(lines, building, house)
    ]
    if rows:
        db.session.connection().execute(_LINE, rows)
    record("start_evacuation", "evacuation", row.id, person, now, building=building, sort=sort)
    return row.id


@writes
def end_evacuation(number: int, person: Person, now: datetime) -> None:
    """From then on it is a report. Ended before: unchanged."""
    row = own_row(number, person)
    if row.ended_at is None:
        _close(row, person, now)


@writes
def note_list_taken(building: str, person: Person, now: datetime) -> None:
    """Somebody takes the list along in a file, with the names that stand on it: the log says who and when."""
    _check_right(person)
    record("take_evacuation_list", "building", building, person, now)


def _close(row: Evacuation, person: Person, now: datetime) -> None:
    """Who was added without being on the list is nobody by name from here on."""
    row.ended_at, row.ended_by_id = now, person.id
    db.session.flush()
    db.session.execute(update(EvacuationLine).where(EvacuationLine.evacuation_id == row.id).values(description=None))
    record("end_evacuation", "evacuation", row.id, person, now, building=row.building)


def own_row(number: int, person: Person) -> Evacuation:
    """The evacuation, for somebody who may change it."""
    row = evacuation_row(number)
    if row is None:
        raise NotFound
    _check_right(person)
    return row


def _check_right(person: Person) -> None:
    if not holds(person, "evacuate"):
        raise NotAllowed("evacuate")

"""Write down how many people are in an open space now, as somebody or a sensor counted them."""

from __future__ import annotations

from datetime import datetime

from models.actions.record import record
from models.queries.house import the_house
from models.queries.presence import last_count
from models.rules.house.house import House, Space
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.presence.counts import LiveCount, tally_from
from models.rules.refusals import NotAllowed, NotFound, Refused, checked_value, refusal
from models.rules.values import MOST_PEOPLE, PEOPLE, Whole
from models.tables.db import db
from models.tables.presence import SpaceCount
from models.tables.transaction import writes

STEP = Whole(-100, 100)


@writes
def count(space: str, persons: int, person: Person, now: datetime) -> LiveCount:
    """This many are there, whoever booked. Raises NotFound, NotAllowed, BadRequest, and Refused where a space is for
    one party at a time."""
    here = _open_space(space, person, the_house())
    return _written(here, checked_value("persons", PEOPLE, persons), person, now)


@writes
def tally(space: str, by: int, person: Person, now: datetime) -> LiveCount:
    """So many came in, or below zero went out, since the last count of the day. Nobody is lost when two people press at
    once; fewer than none is none."""
    house = the_house()
    here = _open_space(space, person, house)
    checked_value("by", STEP, by)
    last = last_count(here.id)
    there = tally_from(*last, now, house.zone) if last else 0
    return _written(here, min(max(there + by, 0), MOST_PEOPLE), person, now)


def _open_space(code: str, person: Person, house: House) -> Space:
    if code not in house.spaces:
        raise NotFound
    if not holds(person, "count_people"):
        raise NotAllowed("count_people")
    space = house.spaces[code]
    if space.exclusive:
        raise Refused([refusal("not_an_open_space", scope=f"space:{code}")])
    return space


def _written(space: Space, persons: int, person: Person, now: datetime) -> LiveCount:
    db.session.add(SpaceCount(space_id=space.id, persons=persons, at=now, counted_by_id=person.id))
    db.session.flush()
    record("count_people", "space", space.code, person, now, persons=persons)
    return LiveCount.made(space.code, persons, now)

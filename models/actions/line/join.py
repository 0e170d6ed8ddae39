"""Take a place in the line of a zone, by a number of the day."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from models.actions.line.stamps import stamp
from models.queries.house import the_house
from models.queries.line import numbers_of, party_numbered, served_by, visit_by_key
from models.queries.places import zone_row
from models.rules.house.house import House
from models.rules.line.party import Party
from models.rules.line.retention import CODES_KEPT
from models.rules.line.served import services_in
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.refusals import BadRequest, NotAllowed, NotFound, checked_value
from models.rules.times.interval import civil_date
from models.rules.values import Whole
from models.tables.db import db
from models.tables.line import Visit
from models.tables.transaction import writes

QUANTITY = Whole(1, 100)
NUMBERS = (range(100, 1000), range(1000, 10_000), range(10_000, 100_000))  # the next where few of the first are left
LONGEST_KEY = 200


class Joining(NamedTuple):
    """Who takes a place: for which service in which zone's line, how many at once (three passports). `key`: what was
    pressed, with whose it is; the same twice is one number."""

    zone: str
    service: str
    quantity: int = 1
    key: str | None = None


@writes
def join_line(wish: Joining, person: Person | None, now: datetime) -> Party:
    """`person` None: a kiosk, for whose zone its door vouches. Whoever has pressed twice gets the number they have.
    Raises NotFound, NotAllowed, and BadRequest naming the field."""
    house = the_house()
    if wish.zone not in house.zones:
        raise NotFound
    if person is not None and not may_put_in_line(person, wish.zone, now, house):
        raise NotAllowed("work_in_line")
    if wish.service not in services_in(wish.zone, house):
        raise BadRequest("service", "unknown_code")
    quantity = checked_value("quantity", QUANTITY, wish.quantity)
    if wish.key and len(wish.key) > LONGEST_KEY:
        raise BadRequest("key", "too_long_text", most=LONGEST_KEY)
    before = visit_by_key(wish.key) if wish.key else None
    if before is not None:
        return party_numbered(before.id)
    row = new_visit(wish.zone, wish.service, person, now, house)
    row.quantity, row.join_key = quantity, wish.key or None
    return entered(row, person, now)


def may_put_in_line(person: Person, zone: str, now: datetime, house: House) -> bool:
    """Reception, anybody in any line; others where they work themself."""
    return holds(person, "put_in_line") or (holds(person, "work_in_line") and bool(served_by(person, zone, now, house)))


def new_visit(
    zone: str, service: str, person: Person | None, now: datetime, house: House, *, is_counted: bool = False
) -> Visit:
    """Not written yet, by a number that the day has not given out. Drawn: nobody reads from it how many came before.
    Whoever is only counted hears no number, and takes none of the short ones."""
    day = civil_date(now, house.zone)
    return Visit(
        zone_id=zone_row(zone).id,
        service_id=house.services[service].id,
        day=day,
        number=_drawn(numbers_of(day), NUMBERS[-1:] if is_counted else NUMBERS),
        forget_on=day + CODES_KEPT,
        arrived_at=now,
        state="waiting",
        state_at=now,
        joined_by_id=person.id if person else None,
    )


def _drawn(given: set[int], offered: Sequence[range]) -> int:
    """Of the first of these of which at least a quarter is left, so that it is found at the fourth draw or so."""
    numbers = next(
        (each for each in offered if sum(number in each for number in given) < len(each) * 3 // 4), offered[-1]
    )
    while (number := secrets.choice(numbers)) in given:
        pass
    return number


def entered(row: Visit, person: Person | None, now: datetime) -> Party:
    db.session.add(row)
    stamp("join", row, person, now)
    return party_numbered(row.id)

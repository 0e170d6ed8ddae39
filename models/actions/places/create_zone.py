"""A new zone of a floor, with the most people it may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from models.actions.record import record
from models.queries.house import the_house
from models.queries.places import floor_row, organisation_rows
from models.rules.changes.place_wishes import ZoneWish, check_zone
from models.rules.codes import Codes
from models.rules.house.names import name_columns
from models.rules.house.place_codes import new_code
from models.rules.people.person import Person
from models.rules.people.rights import holds
from models.rules.refusals import NotAllowed, checked_value
from models.rules.times.interval import civil_date
from models.rules.values import PEOPLE
from models.tables.db import db
from models.tables.municipality import HeadCountLimit, Zone
from models.tables.transaction import retried, write_transaction


def create_zone(wish: ZoneWish, person: Person, now: datetime) -> str:
    """Its code. A limit counts from today on; without one only the floor's and the building's do."""
    return retried(lambda: _create(wish, person, now))


def _create(wish: ZoneWish, person: Person, now: datetime) -> str:
    with write_transaction():
        house = the_house()
        if not holds(person, "edit_zones"):
            raise NotAllowed("edit_zones")
        wish = replace(wish, code=new_code("code", wish.code, Codes(house.zones)))
        check_zone(wish, house)
        checked_value("max_persons", PEOPLE, wish.max_persons, may_be_empty=True)
        row = Zone(code=wish.code)
        write_zone(row, wish)
        db.session.add(row)
        if wish.max_persons is not None:
            db.session.add(
                HeadCountLimit(
                    scope_type="zone",
                    scope_code=wish.code,
                    max_persons=wish.max_persons,
                    set_by_id=person.id,
                    valid_from=civil_date(now, house.zone),
                    set_at=now,
                )
            )
        record("create_zone", "zone", wish.code, person, now, floor=wish.floor, max_persons=wish.max_persons)
    return wish.code


def write_zone(row: Zone, wish: ZoneWish) -> None:
    row.floor_id = floor_row(wish.floor).id
    row.access, row.silent = wish.access, wish.silent
    row.valid_from, row.valid_to = wish.valid_from, wish.valid_to
    row.owner_organisation_id = organisation_rows([wish.owner])[0].id if wish.owner else None
    row.bookable_by = organisation_rows(wish.bookable_by)
    for column, name in name_columns(wish.names).items():
        setattr(row, column, name)

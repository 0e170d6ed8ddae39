"""The whole house as files to take away; that somebody took people's names along is written down."""

from __future__ import annotations

from datetime import datetime

from models.actions.record import record
from models.queries.house import the_house
from models.queries.import_rows import exported_building
from models.rules.people.person import Person
from models.rules.people.rights import holds, may_export_people
from models.rules.refusals import NotAllowed
from models.tables.transaction import writes


def export_building(person: Person, now: datetime, *, people: bool) -> dict[str, bytes]:
    """CSV files by name, as the house is today. `people`: those that name them too, for the host's facility manager
    alone."""
    house = the_house()
    if not holds(person, "export_building") or (people and not may_export_people(person, house)):
        raise NotAllowed("export_building")
    if people:
        _note(house.code, person, now)
    return exported_building(now, people=people)


@writes
def _note(municipality: str, person: Person, now: datetime) -> None:
    record("export_people", "municipality", municipality, person, now)

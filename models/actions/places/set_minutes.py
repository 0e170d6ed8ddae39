"""Set how long a talk of a service usually takes."""

from __future__ import annotations

from models.actions.record import record
from models.queries.house import the_house
from models.queries.places import service_row
from models.rules.people.person import By
from models.rules.people.rights import holds
from models.rules.refusals import NotAllowed, NotFound, checked_value
from models.rules.values import SOME_MINUTES
from models.tables.transaction import writes


@writes
def set_minutes(service: str, minutes: int, by: By) -> None:
    """For talks that are booked from now on; those that stand keep their length. Raises NotFound for a service of
    another organisation, NotAllowed and BadRequest."""
    known = the_house().services.get(service)
    if known is None or known.organisation != by.person.organisation:
        raise NotFound
    if not holds(by.person, "set_durations"):
        raise NotAllowed("set_durations")
    checked_value("minutes", SOME_MINUTES, minutes)
    row = service_row(service)
    if row.default_minutes != minutes:
        record("set_minutes", "service", service, *by, before=row.default_minutes, minutes=minutes)
        row.default_minutes = minutes
        row.version += 1

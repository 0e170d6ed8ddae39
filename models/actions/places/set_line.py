"""Set how the line of a zone is called."""

from __future__ import annotations

from datetime import timedelta

from models.actions.record import check_unchanged_since, record
from models.queries.house import the_house
from models.queries.places import zone_row
from models.rules.house.line_settings import LineSettings
from models.rules.people.person import By
from models.rules.people.rights import holds
from models.rules.refusals import NotAllowed, NotFound
from models.tables.transaction import writes

MINUTE = timedelta(minutes=1)


@writes
def set_line(code: str, wish: LineSettings, by: By, *, seen: int | None = None) -> None:
    """From now on, also for those who wait already. `seen`: as in apply_changes()."""
    house = the_house()
    if code not in house.zones:
        raise NotFound
    if not holds(by.person, "edit_zones"):
        raise NotAllowed("edit_zones")
    check_unchanged_since(seen, [("zone", code)])
    if house.zones[code].line == wish:
        return
    row = zone_row(code)
    row.line_early_minutes, row.line_late_minutes = wish.early // MINUTE, wish.late // MINUTE
    row.line_calls = wish.calls
    row.version += 1
    record("set_line", "zone", code, *by, early=wish.early // MINUTE, late=wish.late // MINUTE, calls=wish.calls)

"""Put a party back into the line, at its old place."""

from __future__ import annotations

from models.actions.line.stamps import held, step
from models.queries.line import party_numbered
from models.rules.line.party import Party
from models.rules.people.person import By
from models.tables.transaction import writes


@writes
def put_back(handle: str, by: By) -> Party:
    """It came when it came: whoever came after it comes after it. Called again, it is called from one.
    While a colleague calls it, only a coordinator may.
    Raises NotFound, and Refused where it cannot be done (any more)."""
    row = held(handle, by, by_coordinator=True, by_all=("parked", "away")).row
    step("put_back", row, by.person, by.now)
    row.calls, row.place_id, row.person_id = 0, None, None
    return party_numbered(row.id)

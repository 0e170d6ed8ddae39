"""Park a party: it waits for whoever has it, where it is."""

from __future__ import annotations

from models.actions.line.stamps import held, step
from models.queries.line import party_numbered
from models.rules.line.party import Party
from models.rules.people.person import By
from models.tables.transaction import writes


@writes
def park(handle: str, by: By) -> Party:
    """By whom and where stays written: they are taken up again by one key.
    Raises NotFound, and Refused where it cannot be done (any more)."""
    row = held(handle, by).row
    step("park", row, by.person, by.now)
    return party_numbered(row.id)

"""Somebody goes to fetch something, and comes back to whoever has them."""

from __future__ import annotations

from models.actions.line.stamps import held, step
from models.queries.line import party_numbered
from models.rules.line.party import Party
from models.rules.people.person import By
from models.tables.transaction import writes


@writes
def send_away(handle: str, by: By) -> Party:
    """Like parked, but they are not in the house.
    Raises NotFound, and Refused where it cannot be done (any more)."""
    row = held(handle, by).row
    step("send_away", row, by.person, by.now)
    return party_numbered(row.id)

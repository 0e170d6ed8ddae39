"""Call the same party again; when that was done often enough, it has not come."""

from __future__ import annotations

from datetime import timedelta

from models.actions.line.stamps import held, step
from models.queries.line import party_numbered
from models.rules.line.party import Party
from models.rules.people.person import By
from models.tables.transaction import writes

ONE_PRESS = timedelta(seconds=3)


@writes
def call_again(handle: str, by: By) -> Party:
    """Once more, as often as the zone's line calls; after that it has not come. Pressed twice in a breath is once.
    Raises NotFound, and Refused where it is not called."""
    row, party, house = held(handle, by)
    if party.state == "called" and row.called_at is not None and by.now - row.called_at < ONE_PRESS:
        return party
    if party.state == "called" and row.calls >= house.zones[party.zone].line.calls:
        step("give_up_calling", row, by.person, by.now)
    else:
        row.person_id = by.person.id
        step("call_again", row, by.person, by.now)
        row.calls, row.called_at = row.calls + 1, by.now
    return party_numbered(row.id)

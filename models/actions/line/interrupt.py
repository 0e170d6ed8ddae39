"""Interrupt a talk, and go on with it."""

from __future__ import annotations

from models.actions.line.begin import taken_up
from models.actions.line.stamps import held, step
from models.queries.line import party_numbered
from models.rules.line.party import Party
from models.rules.people.person import By
from models.tables.transaction import writes


@writes
def interrupt(handle: str, by: By) -> Party:
    """By whoever talks, or by a coordinator of the service. Until somebody goes on with it, nothing is counted as
    handling. Raises NotFound, and Refused where no talk goes on."""
    row = held(handle, by, by_coordinator=True).row
    step("interrupt", row, by.person, by.now)
    return party_numbered(row.id)


@writes
def resume(handle: str, by: By, place: str) -> Party:
    """Whatever was left for later: interrupted, parked, or gone to fetch something. As begin(), and by a coordinator
    of the service too; at `place`, as call_next() has it."""
    return taken_up("resume", handle, by, place)

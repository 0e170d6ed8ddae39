"""Somebody comes before others: never without a reason, and counted."""

from __future__ import annotations

from models.actions.line.call_next import called_to, check_is_empty, check_is_free, check_place
from models.actions.line.stamps import held, noted, step
from models.queries.line import at_somebody, party_numbered
from models.rules.line.party import Party
from models.rules.people.person import By
from models.rules.refusals import Refused, checked_value, refusal
from models.rules.values import Text
from models.tables.transaction import writes

WHY_FIRST = Text(200, needed=True)


@writes
def make_urgent(handle: str, reason: str, by: By) -> Party:
    """Whoever calls next gets this one. Pressed twice is once. Raises NotFound, BadRequest without a reason, and
    Refused where nobody waits."""
    why = checked_value("reason", WHY_FIRST, reason)
    row, party, _house = held(handle, by)
    if party.state == "waiting" and party.urgent and party.reason == why:
        return party
    row.urgent, row.reason = True, why
    step("make_urgent", row, by.person, by.now, reason=why)
    noted("make_urgent", row, by)
    return party_numbered(row.id)


@writes
def call_out_of_order(handle: str, place: str, reason: str, by: By) -> Party:
    """This one, now, to a place of its zone. Raises as call_next(), and BadRequest without a reason."""
    why = checked_value("reason", WHY_FIRST, reason)
    row, party, house = held(handle, by)
    check_place(place, party.zone, by, house)
    mine = at_somebody(by.person.id, by.now, house)
    if mine is not None:
        check_is_free(mine)
        raise Refused([refusal("wrong_status", actual=mine.state)])
    check_is_empty(place, row, by, house)
    row.reason = why
    noted("call_out_of_order", row, by)
    return called_to(place, row, by, house, "call_out_of_order", reason=why)

"""A talk from the line is over: what was done, in one key."""

from __future__ import annotations

from models.actions.bookings.status import set_status
from models.actions.line.stamps import held, step
from models.actions.record import record
from models.queries.bookings import booked
from models.queries.line import party_numbered
from models.rules.line.outcomes import OUTCOMES
from models.rules.line.party import Party
from models.rules.people.person import By
from models.rules.refusals import BadRequest, checked_value
from models.rules.values import Whole
from models.tables.line import Visit
from models.tables.transaction import writes

OTHERS = Whole(0, 50)


@writes
def finish(handle: str, by: By, outcome: str, others: int = 0) -> Party:
    """`outcome`: one of OUTCOMES; `others`: how many services were done beside the one that they came for. A talk that
    ends early gives its place back. Finished already: unchanged. Raises NotFound, BadRequest, and Refused where there
    is no talk."""
    if outcome not in OUTCOMES:
        raise BadRequest("outcome", "unknown_choice")
    checked_value("others", OTHERS, others)
    row, party, _house = held(handle, by)
    if party.state == "done":
        return party
    step("finish", row, by.person, by.now)
    row.outcome, row.others = outcome, others
    _give_back(row, by)
    return party_numbered(row.id)


def _give_back(row: Visit, by: By) -> None:
    booking = booked(row.booking_id) if row.booking_id else None
    if booking and booking.status == "checked_in" and booking.during.end > by.now:
        set_status([booking.id], "completed", by.now)
        record("release", "booking", booking.id, *by, space=booking.space, status="completed")

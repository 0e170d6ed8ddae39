"""The talk begins: whoever was called is there."""

from __future__ import annotations

from models.actions.bookings.status import set_status
from models.actions.line.call_next import check_is_empty, check_is_free, check_place
from models.actions.line.stamps import held, step
from models.actions.record import record
from models.queries.bookings import booked
from models.queries.line import at_somebody, party_numbered
from models.rules.bookings.attendance import next_status
from models.rules.line.party import Party
from models.rules.people.person import By
from models.tables.line import Visit
from models.tables.transaction import writes


@writes
def begin(handle: str, by: By) -> Party:
    """By whoever called it. Raises NotFound, and Refused where it is not called, by a colleague, or while another talk
    goes on."""
    return taken_up("begin", handle, by)


def taken_up(verb: str, handle: str, by: By, place: str | None = None) -> Party:
    """Pressed twice is once. What a colleague left for later is taken up by a coordinator alone. `place`: where that
    is, where it may be another than before."""
    row, party, house = held(handle, by, by_coordinator=verb == "resume")
    if party.state == "begun" and row.person_id == by.person.id:
        return party
    other = at_somebody(by.person.id, by.now, house)
    if other is not None and other.id != row.id:
        check_is_free(other)
    if place is not None:
        check_place(place, party.zone, by, house)
        check_is_empty(place, row, by, house)
        row.place_id = house.spaces[place].id
    row.person_id = by.person.id
    step(verb, row, by.person, by.now)
    _check_in(row, by)
    return party_numbered(row.id)


def _check_in(row: Visit, by: By) -> None:
    """Somebody who came long before their hour is checked in now that their talk begins, if it may be."""
    booking = booked(row.booking_id) if row.booking_id else None
    if booking and next_status("check_in", booking.status, booking.during, by.now) not in (None, booking.status):
        set_status([booking.id], "checked_in", by.now)
        record("check_in", "booking", booking.id, *by, space=booking.space, status="checked_in")

"""Which status a booking gets, written with all that goes with it: a higher SEQUENCE, a new version, the moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, update

from models.rules.bookings.attendance import next_status
from models.rules.bookings.fields import Booked
from models.rules.refusals import Refused, refusal
from models.tables.booking import Booking
from models.tables.transaction import touched

IS_THERE = ("checked_in", "confirmed")  # statuses that say whether somebody is


def status_after(verb: str, booking: Booked, now: datetime) -> str:
    """What becomes of it: what it is where that is done already. Raises Refused where it cannot be (any more)."""
    after = next_status(verb, booking.status, booking.during, now)
    if after is None:
        raise Refused([refusal("wrong_status", actual=booking.status)])
    return after


def claim_status(booking: Booked, status: str, now: datetime, *, reason: str | None = None) -> bool:
    """As set_status(), if the booking still is as it was read; whether it was. Of several that come for it at once,
    one gets it."""
    as_read = Booking.status == booking.status, Booking.version == booking.version
    return set_status([booking.id], status, now, *as_read, reason=reason) == 1


def set_status(
    booking_ids: Sequence[int], status: str, now: datetime, *conditions: ColumnElement[bool], reason: str | None = None
) -> int:
    """Call within a write transaction; how many got it. The guard's trigger frees or takes the place. Whoever checks in
    is there from `now` on; who turns out not to be there was not."""
    return touched(
        update(Booking)
        .where(Booking.id.in_(booking_ids), *conditions)
        .values(
            status=status,
            status_reason=reason,
            sequence=Booking.sequence + 1,
            version=Booking.version + 1,
            updated_at=now,
            **({"checked_in_at": now if status == "checked_in" else None} if status in IS_THERE else {}),
        )
        .execution_options(synchronize_session=False)
    )

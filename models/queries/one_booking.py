"""The one door to a booking: every page and call that shows one, or works on one, comes through here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.queries.approvals import roles_asked
from models.queries.bookings import booked, booked_under, bookings_by_id
from models.rules.bookings.fields import DETAILS, Booked
from models.rules.people.discretion import Viewer, detail_for, may_be_read
from models.rules.people.rights import may_approve
from models.rules.refusals import NotFound


def booking_for(
    viewer: Viewer, handle: str | int, now: datetime, *, least: str = "busy", was_asked: bool = False
) -> Booked:
    """The booking, for a viewer who may know of it and sees at least that much. To all others it is as if it had never
    been: unknown, another's, gone and not theirs to read are one NotFound.

    `handle`: within the house it may be its number. `was_asked`: also for whoever's word it ever waited for, whatever
    became of it; that takes a query more where it is nothing to them otherwise.
    """
    booking = booked(handle) if isinstance(handle, int) else booked_under(handle)
    if booking is None:
        raise NotFound
    sees = DETAILS.index(detail_for(viewer, booking))
    if may_be_read(viewer, booking, now) and sees >= DETAILS.index(least):
        return booking
    if was_asked and may_approve(viewer.person, roles_asked([booking.id]).get(booking.id, frozenset())):
        return booking
    raise NotFound


def bookings_for(viewer: Viewer, numbers: Sequence[int], now: datetime) -> list[Booked]:
    """Those of several, by their numbers within the house, that this viewer may know of; NotFound where it is none."""
    found = [each for each in bookings_by_id(numbers) if may_be_read(viewer, each, now)]
    if not found:
        raise NotFound
    return found

"""The one door to a booking: every page and call that shows one, or works on one, comes through here."""

from __future__ import annotations

from datetime import datetime

from models.queries.approvals import roles_asked
from models.queries.bookings import booked
from models.rules.bookings.fields import DETAILS, Booked
from models.rules.people.discretion import Viewer, detail_for, may_be_read
from models.rules.people.rights import may_approve
from models.rules.refusals import NotFound


def booking_for(viewer: Viewer, booking_id: int, now: datetime, *, least: str = "busy") -> Booked:
    """The booking, for a viewer who may know of it and sees at least that much. To all others it is as if it had never
    been: unknown, another's, gone and not theirs to read are one NotFound."""
    booking = booked(booking_id)
    if booking is None or not may_be_read(viewer, booking, now):
        raise NotFound
    if DETAILS.index(detail_for(viewer, booking)) < DETAILS.index(least):
        raise NotFound
    return booking


def booking_once_asked_of(viewer: Viewer, booking_id: int) -> Booked:
    """The booking, for its party and whoever's word it ever waited for, whatever became of it; NotFound for all others.
    One query more than its own."""
    booking = booked(booking_id)
    if booking is None:
        raise NotFound
    if not viewer.is_party_to(booking):
        asked = roles_asked([booking_id]).get(booking_id, frozenset())
        if not may_approve(viewer.person, asked):
            raise NotFound
    return booking

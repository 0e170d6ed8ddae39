"""A booking as JSON, as far as its viewer may have it: what they may not see is absent, never blanked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from operator import attrgetter

from blueprints.api.answers import moment
from blueprints.api.reason_json import reasons
from blueprints.api.shapes import ONLY_WRITTEN, Above, Booking, PlannedBooking, UnderSecrecy
from blueprints.booking.reasons import reason_words
from blueprints.booking.told import told_here
from models.rules.bookings.attendance import HOLDS_PLACE
from models.rules.bookings.fields import DETAILS, FIELDS, Booked, Caller, Seen
from models.rules.house.house import House
from models.rules.judging.above import AboveLimit, persons_told
from models.rules.people.discretion import Viewer, is_told_of, may_be_read, seen_as_before, seen_as_decided, seen_by

_TOLD = {detail: [(each.name, attrgetter(each.at)) for each in FIELDS if each.is_seen_at(detail)] for detail in DETAILS}


def booking_json(booking: Booked, viewer: Viewer) -> Booking:
    return _json(seen_by(viewer, booking), viewer.house)


def decided_json(booking: Booked, viewer: Viewer) -> Booking:
    return _json(seen_as_decided(viewer, booking), viewer.house)


def handed_json(booking: Booked, before: Booked, viewer: Viewer) -> Booking:
    return _json(seen_as_before(viewer, booking, before), viewer.house)


def _json(seen: Seen, house: House) -> Booking:
    told = {name: _as_json(of(seen), house) for name, of in _TOLD[seen.detail]}
    if seen.is_full:
        told |= {
            "warnings": reasons(told_here(seen.warnings, house), house),
            "status_reason": reason_words(seen.status_reason),
        }
    return told  # type: ignore[return-value]  # Booking's members are made from the same FIELDS


def _as_json(value: object, house: House) -> object:
    if isinstance(value, datetime):
        return moment(value, house)
    if isinstance(value, Caller):
        return asdict(value)
    return sorted(value) if isinstance(value, frozenset) else value


def planned_json(booking: Booked, viewer: Viewer) -> PlannedBooking:
    """A booking that is not written; whoever would make it is party to it."""
    return {  # type: ignore[return-value]  # as in _json()
        name: value for name, value in booking_json(booking, viewer).items() if name not in ONLY_WRITTEN
    }


def may_be_listed(booking: Booked, viewer: Viewer, now: datetime, *, by_status: bool = False) -> bool:
    """Whether it stands in a list for this viewer: as long as it holds its place, and its party's in any case.

    `by_status`: they asked for a status, and a booking seen as busy would tell its own by being there.
    """
    if viewer.is_party_to(booking):
        return True
    if not is_told_of(viewer, booking, viewer.house.spaces[booking.space], now):
        return False
    if by_status:
        return seen_by(viewer, booking).detail != "busy"
    return booking.status in HOLDS_PLACE and may_be_read(viewer, booking, now)


def under_secrecy_json(numbers: Mapping[str, int]) -> list[UnderSecrecy]:
    return [{"organisation": code, "bookings": number} for code, number in numbers.items()]


def above_json(above: AboveLimit, viewer: Viewer) -> Above:
    booking, persons = booking_json(above.booking, viewer), persons_told(above, viewer)
    told: Above = {"booking": booking, "limit": above.limit, "rule": above.rule}
    return told if persons is None else {**told, "persons": persons}

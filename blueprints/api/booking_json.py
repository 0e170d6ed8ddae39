"""A booking as JSON, as far as its viewer may have it: what they may not see is absent, never blanked."""

from __future__ import annotations

from blueprints.api.answers import moment, moment_or_none
from blueprints.api.reason_json import reasons
from blueprints.api.shapes import Above, Booking, PlannedBooking
from blueprints.booking.reasons import reason_words
from models.rules.above import AboveLimit
from models.rules.attendance import HOLDS_PLACE
from models.rules.discretion import Booked, Viewer, seen_by
from models.rules.house import House

ONLY_WRITTEN = ("id", "uid", "created_at", "updated_at", "visitor_code", "checked_in_at", "status_reason")


def booking_json(booking: Booked, viewer: Viewer) -> Booking:
    return _json(seen_by(viewer, booking), viewer.house)


def decided_json(booking: Booked, viewer: Viewer) -> Booking:
    """For whoever just gave their word on it: as they saw it while it waited for that word."""
    waiting = booking._replace(status="pending", awaited_roles=viewer.person.roles)
    seen = seen_by(viewer, waiting)
    if seen.is_full:
        seen = seen._replace(status=booking.status, awaited_roles=booking.awaited_roles)
    return _json(seen if seen.is_full else seen_by(viewer, booking), viewer.house)


def _json(seen: Booked, house: House) -> Booking:
    shown = {"id": seen.id, "space": seen.space, "kind": seen.kind, "start": moment(seen.during.start, house),
             "end": moment(seen.during.end, house)}
    if seen.detail == "busy":
        return shown
    shown |= {"status": seen.status, "title": seen.title, "organisation": seen.organisation, "layout": seen.layout,
              "attendees": seen.attendees, "privacy": seen.privacy}
    return shown if seen.detail == "title" else shown | _the_rest(seen, house)


def planned_json(booking: Booked, viewer: Viewer) -> PlannedBooking:
    """A booking that is not written; whoever would make it is party to it."""
    return {name: value for name, value in booking_json(booking, viewer).items() if name not in ONLY_WRITTEN}


def may_be_listed(booking: Booked, viewer: Viewer, *, by_status: bool = False) -> bool:
    """Whether this viewer may know of it: as a taken place, or, once it holds none, where they see what became of it.

    `by_status`: they asked for a status, and a booking seen as busy would tell its own by being there.
    """
    if viewer.is_party_to(booking):
        return True
    if by_status:
        return seen_by(viewer, booking).detail != "busy"
    return booking.status in HOLDS_PLACE


def may_be_read(booking: Booked, viewer: Viewer) -> bool:
    """By its number: also one that holds no place any more, for those who see more of it than busy."""
    return booking.status in HOLDS_PLACE or seen_by(viewer, booking).detail != "busy"


def above_json(above: AboveLimit, viewer: Viewer) -> Above:
    booking = booking_json(above.booking, viewer)
    is_count_of_busy = "status" not in booking and above.scope.startswith("space:")
    persons = {} if is_count_of_busy else {"persons": above.persons}
    return {"booking": booking, **persons, "limit": above.limit, "rule": above.rule}


def _the_rest(seen: Booked, house: House) -> dict:
    return {
        "uid": seen.uid, "persons": seen.persons, "service": seen.service, "organiser": seen.organiser,
        "booked_by": seen.booked_by, "series": seen.series, "sequence": seen.sequence,
        "created_at": moment_or_none(seen.created_at, house), "updated_at": moment_or_none(seen.updated_at, house),
        "warnings": reasons(seen.warnings, house), "visitor_code": seen.visitor_code, "exclusive": seen.exclusive,
        "visitors": seen.visitors, "wheelchair": seen.wheelchair, "equipment": list(seen.equipment),
        "note": seen.note, "key_holder": seen.key_holder,
        "evacuation_buddy": seen.evacuation_buddy, "checked_in_at": moment_or_none(seen.checked_in_at, house),
        "status_reason": reason_words(seen.status_reason), "approvals_awaited": sorted(seen.awaited_roles)}

"""Whether somebody may act on a booking: not found where they see it busy, else not allowed."""

from __future__ import annotations

from dataclasses import replace

from models.queries.bookings import bookings_in_group, bookings_in_series
from models.queries.one_booking import booking_for
from models.queries.recognised import person_now
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, detail_for
from models.rules.people.person import By, Person
from models.rules.people.rights import holds
from models.rules.refusals import BadRequest, IsKept, NotAllowed

SCOPES = ("this", "following", "all", "group")


def booking_to_change(
    handle: str | int, by: By, house: House, verb: str = "change_booking", *, or_kept: bool = False
) -> Booked:
    """Its party may, and the facility manager wherever more than "busy" is seen. `handle`: as of booking_for(). Raises
    IsKept of what is only kept for a moment, but with `or_kept`."""
    viewer = Viewer.of(by.person, house)
    booking = booking_for(viewer, handle, by.now, least="title")
    if not viewer.may_change(booking):
        raise NotAllowed(verb)
    if booking.hold and not or_kept:
        raise IsKept(booking.status)
    return booking


def as_known_now(person: Person, verb: str) -> Person:
    """Whoever acts, as the database knows them in this transaction: a role may have been taken since the request
    began."""
    known = person_now(person.id)
    current = replace(known, scope=person.scope) if known else None
    if current is None or not holds(current, verb):
        raise NotAllowed(verb)
    return current


def dates_in_scope(booking: Booked, scope: str, person: Person, house: House) -> list[Booked]:
    """The dates of its series, or the parts of its group, that a change means; a single booking only means itself. A
    date that was handed to somebody else is theirs alone: only what this person may change themself is meant."""
    if scope not in SCOPES:
        raise BadRequest("scope", "unknown_choice")
    viewer = Viewer.of(person, house)
    if scope == "group" and booking.group is not None:
        parts = bookings_in_group(booking.group)
        return [each for each in parts if detail_for(viewer, each) != "busy" and viewer.may_change(each)]
    if scope in ("this", "group") or booking.series is None:
        return [booking]
    dates = bookings_in_series(booking.series, from_start=booking.during.start if scope == "following" else None)
    return [each for each in dates if detail_for(viewer, each) != "busy" and viewer.may_change(each)]

"""Approve or decline a pending booking."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from models.actions.record import record, tell
from models.actions.status import set_status
from models.queries.bookings import approval_roles, booked, bookings_by_id
from models.queries.house import the_house
from models.queries.people import people_by_username
from models.rules.attendance import next_status
from models.rules.discretion import Booked, Viewer, detail_for
from models.rules.house import House
from models.rules.person import Person
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused, refusal
from models.rules.rights import may_approve
from models.tables.booking import Approval
from models.tables.db import db
from models.tables.transaction import retried, write_transaction


def approve(booking_id: int, person: Person, now: datetime) -> Booked:
    """Give the word of every awaited role the person holds; with the last of them the booking stands."""
    return retried(lambda: _decide("approve", booking_id, person, now, None))


def decline(booking_id: int, person: Person, now: datetime, reason: str) -> Booked:
    """Say no, with a reason the organiser reads; the place is free again."""
    if not reason.strip():
        raise BadRequest("reason", "required")
    return retried(lambda: _decide("decline", booking_id, person, now, reason.strip()))


def _decide(verb: str, booking_id: int, person: Person, now: datetime, reason: str | None) -> Booked:
    with write_transaction():
        house = the_house()
        booking = _booking_to_decide(booking_id, person, house)
        after = next_status(verb, booking.status, booking.during, now)
        if after is None:
            raise Refused([refusal("wrong_status", actual=booking.status)])
        if after == booking.status or (verb == "approve" and not person.roles & booking.awaited_roles):
            return booking   # this role gave its word before
        if verb == "approve":
            given = sorted(person.roles & booking.awaited_roles)
            db.session.execute(update(Approval).where(
                Approval.booking_id == booking.id, Approval.role.in_(given), Approval.approved_at.is_(None)
            ).values(approved_by_id=person.id, approved_at=now))
            after = "confirmed" if booking.awaited_roles <= person.roles else "pending"
        set_status([booking.id], after, now, reason=reason)
        record(verb, "booking", booking.id, person, now, space=booking.space, status=after)
        decided = bookings_by_id([booking.id])[0]
        if after != "pending":
            people = people_by_username({booking.organiser, booking.booked_by})
            tell("approved" if after == "confirmed" else "declined", [decided], people.values(), house, now)
    return decided


def _booking_to_decide(booking_id: int, person: Person, house: House) -> Booked:
    booking = booked(booking_id)
    if booking is None:
        raise NotFound
    if may_approve(person, approval_roles(booking_id)):
        return booking
    if detail_for(Viewer.of(person, house), booking) == "busy":
        raise NotFound
    raise NotAllowed("decide_approvals")

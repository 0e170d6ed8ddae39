"""Approve or decline pending bookings, one or many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import update

from models.actions.bookings.keep_receipt import keep_receipts_of
from models.actions.bookings.may_change import as_known_now
from models.actions.bookings.status import set_status, status_after
from models.actions.record import record, tell_parties
from models.queries.approvals import roles_asked
from models.queries.bookings import bookings_by_id, bookings_in_group
from models.queries.house import the_house
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, detail_for
from models.rules.people.person import Person
from models.rules.people.rights import may_approve
from models.rules.refusals import BadRequest, NotAllowed, NotFound, Refused
from models.tables.booking import Approval
from models.tables.db import db
from models.tables.transaction import writes

MOST_AT_ONCE = 200
DECIDED = {"confirmed": "approved", "declined": "declined"}


Left = tuple[Booked, NotFound | NotAllowed | Refused]


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it: the bookings decided on, as they now are, and for each of the others why not. `left` has no
    booking that this person may not know of."""

    bookings: tuple[Booked, ...] = ()
    left: tuple[tuple[Booked, Refused], ...] = ()


def approve(booking_id: int, person: Person, now: datetime) -> Booked:
    """Give the word of every awaited role the person holds; with the last of them the booking stands."""
    return _the_one(booking_id, *_decide("approve", [booking_id], person, now))


def decline(booking_id: int, person: Person, now: datetime, reason: str) -> Booked:
    """Say no, with a reason the organiser reads; the place is free again."""
    return _the_one(booking_id, *_decide("decline", [booking_id], person, now, _given(reason)))


def approve_all(booking_ids: Sequence[int], person: Person, now: datetime) -> Decided:
    """As approve(), for all of them in one transaction; what cannot be approved holds none of the others back."""
    return _that_may_be_known(*_decide("approve", booking_ids, person, now))


def decline_all(booking_ids: Sequence[int], person: Person, now: datetime, reason: str) -> Decided:
    """As decline(), with one reason for all of them."""
    return _that_may_be_known(*_decide("decline", booking_ids, person, now, _given(reason)))


def _given(reason: str) -> str:
    if not reason.strip():
        raise BadRequest("reason", "required")
    return reason.strip()


def _the_one(booking_id: int, decided: Sequence[Booked], left: Sequence[Left]) -> Booked:
    for _booking, why_not in left:
        raise why_not
    for booking in decided:
        if booking.id == booking_id:
            return booking
    raise NotFound


def _that_may_be_known(decided: Iterable[Booked], left: Iterable[Left]) -> Decided:
    return Decided(
        tuple(decided), tuple((booking, why_not) for booking, why_not in left if isinstance(why_not, Refused))
    )


@writes
def _decide(
    verb: str, booking_ids: Sequence[int], person: Person, now: datetime, reason: str | None = None
) -> tuple[list[Booked], list[Left]]:
    if len(booking_ids) > MOST_AT_ONCE:
        raise BadRequest("booking", "too_many", most=MOST_AT_ONCE)
    house, person = the_house(), as_known_now(person, "decide_approvals")
    after: dict[int, str | None] = {}
    left: list[Left] = []
    found = {each.id: each for each in bookings_by_id(list(dict.fromkeys(booking_ids)))}
    found |= _waiting_beside(found.values())
    asked = roles_asked(list(found))
    for booking in found.values():
        try:
            may_decide(booking, asked.get(booking.id, frozenset()), person, house)
            after[booking.id] = _after(verb, booking, person, now)
        except (NotFound, NotAllowed, Refused) as why_not:
            if booking.id in booking_ids:
                left.append((booking, why_not))
    to_write = {number: status for number, status in after.items() if status}
    as_it_was = [found[number] for number in after if number not in to_write]
    return [*_write(verb, to_write, person, house, now, reason), *as_it_was], left


def _waiting_beside(bookings: Iterable[Booked]) -> dict[int, Booked]:
    """One word is for all that was asked for as one: the parts of the same groups that still wait, by number."""
    known = {each.id: each for each in bookings}
    groups = {each.group for each in known.values() if each.group}
    parts = (part for group in sorted(groups) for part in bookings_in_group(group))
    return {part.id: part for part in parts if part.status == "pending" and part.id not in known}


def may_decide(booking: Booked | None, asked: frozenset[str], person: Person, house: House) -> None:
    """Raise unless this person holds a role whose word the booking ever needed (`asked`): not found where they see it
    only as busy, else not allowed."""
    if booking is None:
        raise NotFound
    if may_approve(person, asked):
        return
    raise NotFound if detail_for(Viewer.of(person, house), booking) == "busy" else NotAllowed("decide_approvals")


def _after(verb: str, booking: Booked, person: Person, now: datetime) -> str | None:
    """The status it is to have; None where the word was given before. Raises Refused where it is too late."""
    after = status_after(verb, booking, now)
    if after == booking.status:
        return None
    if verb == "approve":
        if not person.roles & booking.awaited_roles:
            return None
        return "confirmed" if booking.awaited_roles <= person.roles else "pending"
    return after


def _write(
    verb: str, after: dict[int, str], person: Person, house: House, now: datetime, reason: str | None
) -> list[Booked]:
    """`after`: the status each is to have, by its number."""
    if not after:
        return []
    if verb == "approve":
        db.session.execute(
            update(Approval)
            .where(
                Approval.booking_id.in_(list(after)),
                Approval.role.in_(sorted(person.roles)),
                Approval.approved_at.is_(None),
            )
            .values(approved_by_id=person.id, approved_at=now)
        )
    for status in sorted(set(after.values())):
        set_status([number for number, becomes in after.items() if becomes == status], status, now, reason=reason)
    decided = bookings_by_id(list(after))
    for booking in decided:
        record(verb, "booking", booking.id, person, now, space=booking.space, status=booking.status)
    keep_receipts_of("declined", [each for each in decided if each.status == "declined"], house, person, now)
    _tell([each for each in decided if each.status in DECIDED], house, now)
    return decided


def _tell(bookings: Iterable[Booked], house: House, now: datetime) -> None:
    """The dates of a series, and what was asked for as one, in one mail."""
    bookings = sorted(bookings, key=lambda each: (each.group or each.uid, each.status, each.during.start))
    for (_together, status), dates in groupby(bookings, key=lambda each: (each.group or each.uid, each.status)):
        tell_parties(DECIDED[status], list(dates), house, now)

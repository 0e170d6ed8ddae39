"""Tell those who decide that a request waits for their word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from models.actions.record import mail_facts, put_in_outbox
from models.queries.people import holders_of
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, seen_by

MOST_ASKED = 20  # people of one role


def ask_for_approval(bookings: Iterable[Booked], house: House, now: datetime) -> None:
    """One mail to each person who may decide on some of these bookings, about all of those, as they may see them.

    Call within the write transaction in which they became pending; bookings that are not pending are passed over. One
    query for each role that is awaited.
    """
    waiting = [each for each in bookings if each.status == "pending"]
    roles = sorted(frozenset().union(*(each.awaited_roles for each in waiting)))
    asked = {person.id: person for role in roles for person in holders_of(role, MOST_ASKED)}
    for person in asked.values():
        viewer = Viewer.of(person, house)
        facts = [_facts(viewer, each) for each in waiting if viewer.may_decide_on(each)]
        if facts:
            put_in_outbox("to_approve", person, facts, now)


def _facts(viewer: Viewer, booking: Booked) -> dict:
    """What its approver may read in a mail, which comes from the house itself: of a talk or an organisation they only
    see as busy, place and time. How many people come is theirs to know; of a private talk only on the page."""
    seen = seen_by(viewer, booking)
    facts = mail_facts(seen, booking) | {
        "organisation": None,
        "private": booking.service_is_private and seen.is_full,
        "hold_until": booking.hold_until.isoformat() if booking.hold_until else None,
    }
    if not booking.service_is_private:
        facts |= {"attendees": viewer.persons_to_decide_on(booking), "organiser": seen.organiser_name}
    return facts

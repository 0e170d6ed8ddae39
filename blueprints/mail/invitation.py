"""The part of a mail that a calendar program reads: an iMIP invitation (RFC 6047) to what the recipient already has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from blueprints.booking.messages import kind_word
from blueprints.feeds.events import STATUS
from blueprints.feeds.links import booking_url
from blueprints.feeds.words import TALK, in_language, place_words
from blueprints.mail.facts import Told
from models.ical.event import Event, Mailbox
from models.ical.series import series_events
from models.ical.write import invitation
from models.queries.series import series_by_uid
from models.rules.house.house import House
from models.rules.people.person import Person

Method = Literal["REQUEST", "CANCEL"]
PRODUCT = "-//Trefpunt//Trefpunt//NL"
METHODS: dict[str, Method] = {
    **dict.fromkeys(("booked", "changed", "taken_over", "moved", "approved"), "REQUEST"),
    **dict.fromkeys(("cancelled", "handed_on", "declined", "released"), "CANCEL"),
}
WHOLE = ("booked", "taken_over")


def what_words(told: Told, house: House, language: str) -> str:
    """What a booking is called in mail: its title, or what kind of space it takes. A private talk is only a talk."""
    if told.is_private:
        return in_language(TALK, language)
    return told.title or kind_word(house.spaces[told.space].kind)


def calendar_parts(
    kind: str, bookings: Sequence[Told], recipient: Person, sender: Mailbox, house: House, written_at: datetime
) -> list[tuple[str, bytes]]:
    """One for each UID: RFC 5546 allows no more in a request. Only a plan's letter is about several."""
    by_uid: dict[str, list[Told]] = {}
    for told in bookings:
        by_uid.setdefault(told.uid, []).append(told)
    return [calendar_part(kind, each, recipient, sender, house, written_at) for each in by_uid.values()]


def calendar_part(
    kind: str, bookings: Sequence[Told], recipient: Person, sender: Mailbox, house: House, written_at: datetime
) -> tuple[str, bytes]:
    """The method, and the calendar file. A new series comes as one event that repeats, changes of it date by date."""
    method = METHODS[kind]
    events: Sequence[Event] = [
        _event(told, recipient, sender, house, bookings[0].handle, written_at) for told in bookings
    ]
    first = bookings[0]
    if kind in WHOLE and first.occurrence_at is not None:
        asked = series_by_uid([first.uid])[first.uid]
        events = series_events(
            asked.rule,
            asked.first,
            events,
            house.zone,
            sequence=max(told.sequence for told in bookings),
            changed_at=written_at,
        )
    return method, invitation(events, method=method, zone=house.zone, product_id=PRODUCT)


def _event(told: Told, recipient: Person, sender: Mailbox, house: House, linked: str, written_at: datetime) -> Event:
    assert recipient.email is not None, "nobody is written to without an address"
    language = recipient.language
    return Event(
        uid=told.uid,
        start=told.during.start,
        end=told.during.end,
        summary=what_words(told, house, language),
        status=STATUS.get(told.status, "confirmed"),
        sequence=told.sequence,
        changed_at=written_at,
        created_at=written_at,
        location=place_words(house.spaces[told.space], language),
        url=None if told.is_private or not recipient.has_account else booking_url(linked),
        recurrence_id=told.occurrence_at,
        organiser=sender,
        attendees=(Mailbox(recipient.email, recipient.name, "accepted"),),
        classification="PRIVATE" if told.is_private else "PUBLIC",
    )

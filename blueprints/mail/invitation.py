"""The part of a mail that a calendar program reads: an iMIP invitation (RFC 6047) to what the recipient already has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from blueprints.booking.messages import kind_word
from blueprints.feeds.events import STATUS, whole_series
from blueprints.feeds.links import booking_url
from blueprints.feeds.words import TALK, in_language, place_words
from blueprints.mail.facts import Told
from models.actions.record import mail_facts
from models.ical.event import Event, Mailbox
from models.ical.write import invitation
from models.queries.bookings import bookings_by_uid
from models.queries.series import SeriesAsked, series_by_uid
from models.rules.bookings.attendance import HELD_PLACE
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.callers import is_for
from models.rules.people.discretion import Viewer, is_written_to, read_by
from models.rules.people.person import Person

Method = Literal["REQUEST", "CANCEL"]
PRODUCT = "-//Trefpunt//Trefpunt//NL"
FOR_THE_CALENDAR = frozenset(
    ("booked", "changed", "taken_over", "moved", "approved", "cancelled", "handed_on", "declined", "released")
)


def what_words(told: Told, house: House, language: str) -> str:
    """What a booking is called in mail: its title, or what kind of space it takes. A private talk is only a talk."""
    if told.is_private:
        return in_language(TALK, language)
    return told.title or kind_word(house.spaces[told.space].kind)


def calendar_parts(
    bookings: Sequence[Told], recipient: Person, sender: Mailbox, house: House, written_at: datetime
) -> list[tuple[Method, bytes]]:
    """One for each UID: RFC 5546 allows no more in a request. Only a plan's letter is about several."""
    last = {told.uid: told for told in bookings}
    return [calendar_part(told, recipient, sender, house, written_at) for told in last.values()]


def calendar_part(
    told: Told, recipient: Person, sender: Mailbox, house: House, written_at: datetime
) -> tuple[Method, bytes]:
    """The method, and the calendar file: what of this UID is in their calendar now, whole, or that nothing is.

    It is made of what is true as the letter goes, not of what the letter tells: one that comes late brings nothing back
    to life. A series is one request with its rule, the dates it leaves out and those that differ, as in a feed. Never a
    single date is cancelled by itself: some programs take the whole series out. Two queries.
    """
    everything = bookings_by_uid(told.uid)
    asked = series_by_uid([told.uid]).get(told.uid) if told.occurrence_at else None
    viewer = Viewer.of(recipient, house)
    theirs = [
        each
        for each in everything
        if each.status in HELD_PLACE and is_for(recipient, each) and is_written_to(viewer, each)
    ]
    at = max([written_at, *(each.changed_at for each in everything)])
    method: Method = "REQUEST" if theirs else "CANCEL"
    if theirs:
        read = [(each, Told.of(mail_facts(read_by(viewer, each), each))) for each in theirs]
        events = [_event(each, recipient, sender, house, made_at=booking.made_at, at=at) for booking, each in read]
        if asked:
            whole = whole_series(asked, everything, events, house)
            events = [replace(each, sequence=whole[0].sequence, changed_at=at) for each in whole]
    else:
        events = [_gone(told, asked, everything, _event(told, recipient, sender, house, made_at=at, at=at))]
    return method, invitation(events, method=method, zone=house.zone, product_id=PRODUCT)


def _gone(told: Told, asked: SeriesAsked | None, everything: Sequence[Booked], event: Event) -> Event:
    """The master of a series, or the booking; `everything` is nothing once retention took it away."""
    sequence = sum(each.sequence for each in everything) if everything else told.sequence
    if asked is None:
        return replace(event, sequence=sequence, recurrence_id=None)
    return replace(event, sequence=sequence, recurrence_id=None, start=asked.first.start, end=asked.first.end)


def _event(told: Told, recipient: Person, sender: Mailbox, house: House, *, made_at: datetime, at: datetime) -> Event:
    assert recipient.email is not None, "nobody is written to without an address"
    language = recipient.language
    return Event(
        uid=told.uid,
        start=told.during.start,
        end=told.during.end,
        summary=what_words(told, house, language),
        status=STATUS.get(told.status, "confirmed"),
        sequence=told.sequence,
        changed_at=at,
        created_at=made_at,
        location=place_words(house.spaces[told.space], language),
        url=None if told.is_private or not recipient.has_account else booking_url(told.handle),
        recurrence_id=told.occurrence_at,
        organiser=sender,
        attendees=(Mailbox(recipient.email, recipient.name, "accepted"),),
        classification="PRIVATE" if told.is_private else "PUBLIC",
    )

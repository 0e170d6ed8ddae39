"""Bookings as events in a feed: each as its owner may see it, and no more than the feed is to tell."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from blueprints.booking.messages import kind_word
from blueprints.feeds.links import booking_url
from blueprints.feeds.words import BUSY, TALK, in_language, place_words
from models.ical.event import Event, Status
from models.ical.series import series_events
from models.queries.feeds import OpenFeed
from models.queries.series import SeriesAsked
from models.rules.bookings.attendance import GONE
from models.rules.bookings.fields import Booked, Seen
from models.rules.house.house import House
from models.rules.people.discretion import Viewer, detail_for
from models.rules.people.feed_scope import FeedWindow, seen_in_feed

STATUS: dict[str, Status] = {"pending": "tentative", **dict.fromkeys(GONE, "cancelled")}


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a feed: through whose eyes, of which spaces, and how far back."""

    feed: OpenFeed
    house: House
    window: FeedWindow
    viewer: Viewer
    spaces: frozenset[str]

    @classmethod
    def of(cls, feed: OpenFeed, house: House, window: FeedWindow) -> Reading:
        person = None if feed.scope.sort == "public" else feed.person
        return cls(feed, house, window, Viewer.of(person, house), feed.scope.spaces(house))


def feed_events(reading: Reading, bookings: Iterable[Booked], asked: Mapping[str, SeriesAsked]) -> list[Event]:
    """The events of a feed from what feed_bookings() found. Sentences come in the language in force."""
    events: list[Event] = []
    series = defaultdict(list)
    for booking in bookings:
        if booking.series is None or detail_for(reading.viewer, booking) == "busy":
            events += _apart(reading, booking)
        else:
            series[booking.series].append(booking)
    for uid, dates in series.items():
        events += _series(reading, dates, asked[uid])
    return events


def _apart(reading: Reading, booking: Booked) -> Iterable[Event]:
    """A single booking; also a date of a series of which the reader may not know that it is one."""
    seen = _seen(reading, booking) if reading.window.has(booking) else None
    if seen is None:
        return ()
    uid = booking.uid
    if booking.series is not None:
        assert booking.occurrence_at is not None, "a date of a series keeps for when it was asked"
        uid = str(uuid.uuid5(uuid.UUID(booking.uid), booking.occurrence_at.isoformat()))
    return (_event(reading, booking, seen, uid=uid, link=booking_url(booking.id)),)


def _series(reading: Reading, dates: list[Booked], asked: SeriesAsked) -> Iterable[Event]:
    link = booking_url(dates[0].id)  # one for all: a link of its own would make of each date a changed one
    events = []
    for date in dates:
        seen = _seen(reading, date)
        if seen is not None and reading.window.remembers(date):
            events.append(_event(reading, date, seen, uid=date.uid, link=link, recurrence_id=date.occurrence_at))
    if not events:
        return ()
    return series_events(
        asked.rule,
        asked.first,
        events,
        reading.house.zone,
        sequence=max(date.sequence for date in dates),
        changed_at=max(date.changed_at for date in dates),
    )


def _seen(reading: Reading, booking: Booked) -> Seen | None:
    if not reading.feed.scope.is_about(booking, reading.feed.person, reading.spaces):
        return None  # a series' date that was moved elsewhere
    return seen_in_feed(reading.viewer, booking, reading.feed.scope, reading.feed.detail)


def _event(
    reading: Reading, booking: Booked, seen: Seen, *, uid: str, link: str, recurrence_id: datetime | None = None
) -> Event:
    language = reading.feed.person.language
    status = STATUS.get(booking.status, "confirmed")
    if status == "tentative" and seen.status is None:
        status = "confirmed"
    summary = (
        {"busy": in_language(BUSY, language), "talk": in_language(TALK, language)}.get(seen.detail)
        or seen.title
        or kind_word(seen.kind)
    )
    whose = _("Booked for %(name)s.", name=seen.organiser_name)
    return Event(
        uid=uid,
        start=seen.during.start,
        end=seen.during.end,
        summary=summary,
        status=status,
        sequence=booking.sequence,
        changed_at=booking.changed_at,
        created_at=booking.made_at,
        location=place_words(reading.house.spaces[seen.space], language),
        description=f"{whose}\n{link}" if seen.is_full else None,
        url=link if seen.is_full else None,
        recurrence_id=recurrence_id,
        classification="PUBLIC" if seen.detail in ("title", "full") else "PRIVATE",
    )

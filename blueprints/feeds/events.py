"""Bookings as events in a feed: each as its owner may see it, and no more than the feed is to tell."""

from __future__ import annotations

import hmac
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flask import current_app
from flask_babel import gettext as _

from blueprints.booking.messages import kind_word
from blueprints.feeds.links import booking_url
from blueprints.feeds.words import BUSY, TALK, in_language, place_words
from models.ical.event import Event, Status
from models.ical.series import series_events
from models.queries.feeds import OpenFeed
from models.queries.series import SeriesAsked
from models.rules.bookings.attendance import HELD_PLACE
from models.rules.bookings.fields import Booked, Seen
from models.rules.house.house import House
from models.rules.house.policy import KINDS
from models.rules.people.discretion import Viewer
from models.rules.people.feed_scope import FeedWindow, busy_stretches, is_busy_in_feed, seen_in_feed
from models.rules.times.interval import Interval

STATUS: dict[str, Status] = {"pending": "tentative"}
Taken = defaultdict[str, list[Interval]]  # by space, when a feed is to say no more of it


class Words:
    """What every event says, put in words once a reading: in the language in force as it is first asked for."""

    @cached_property
    def booked_for(self) -> str:
        return _("Booked for %(name)s.")

    @cached_property
    def address(self) -> str:
        """Where a booking is looked at, but for its handle."""
        return booking_url("")

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        return {kind: kind_word(kind) for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a feed: through whose eyes, of which spaces, and how far back."""

    feed: OpenFeed
    house: House
    window: FeedWindow
    viewer: Viewer
    places: frozenset[str]
    spaces: frozenset[str]
    words: Words

    @classmethod
    def of(cls, feed: OpenFeed, house: House, window: FeedWindow) -> Reading:
        person = None if feed.scope.sort == "public" else feed.person
        viewer, scope = Viewer.of(person, house), feed.scope
        places, spaces = scope.places(feed.person, house), scope.spaces(feed.person, house)
        return cls(feed, house, window, viewer, places, spaces, Words())

    def places_taken(self, space: str) -> Iterable[str]:
        """What a booking of a space takes of a feed's places: the space itself, or those that go along with it."""
        if not self.places or space in self.places:
            return (space,)
        parts, spaces = self.house.spaces[space].parts, self.house.spaces
        return (place for place in self.places if not set(parts).isdisjoint(spaces[place].parts))


def feed_events(
    reading: Reading, bookings: Iterable[Booked], asked: Mapping[str, SeriesAsked], taken: Taken
) -> list[Event]:
    """The events of some of what feed_bookings() found. Sentences come in the language in force. What is no more than
    taken is no event of its own, and noted in `taken` for taken_events()."""
    events: list[Event] = []
    series = defaultdict(list)
    for booking in bookings:
        if is_busy_in_feed(reading.viewer, booking, reading.feed.detail):
            if _seen(reading, booking):
                for place in reading.places_taken(booking.space):
                    taken[place].append(booking.during)
        elif booking.series is None:
            events += _apart(reading, booking)
        else:
            series[booking.series].append(booking)
    for uid, dates in series.items():
        events += _series(reading, dates, asked[uid])
    return events


def taken_events(reading: Reading, taken: Taken) -> Iterator[Event]:
    return (_taken(reading, *each) for each in busy_stretches(taken, reading.window))


def _apart(reading: Reading, booking: Booked) -> Iterable[Event]:
    seen = _seen(reading, booking)
    if seen is None:
        return ()
    return (_event(reading, booking, seen),)


def _taken(reading: Reading, space: str, during: Interval) -> Event:
    """That a space is taken, and nothing of who made it so, how often they changed their mind, or when."""
    language = reading.feed.person.language
    return Event(
        uid=_uid_of_stretch(reading.feed, space, during),
        start=during.start,
        end=during.end,
        summary=in_language(BUSY, language),
        status="confirmed",
        sequence=0,
        changed_at=reading.window.today,
        location=place_words(reading.house.spaces[space], language),
        classification="PRIVATE",
    )


def _uid_of_stretch(feed: OpenFeed, space: str, during: Interval) -> str:
    """The same for the same stretch, another in each feed; nobody without our key can try out what it is made of."""
    said = "\n".join(("taken", str(feed.id), space, during.start.isoformat(), during.end.isoformat()))
    return str(uuid.UUID(bytes=hmac.digest(current_app.config["SECRET_KEY"].encode(), said.encode(), "sha256")[:16]))


def _series(reading: Reading, dates: list[Booked], asked: SeriesAsked) -> Iterable[Event]:
    events = []
    for date in dates:
        seen = _seen(reading, date)
        if seen is not None:
            events.append(_event(reading, date, seen, recurrence_id=date.occurrence_at))
    return whole_series(asked, dates, events, reading.house) if events else ()


def whole_series(
    asked: SeriesAsked, dates: Collection[Booked], events: Sequence[Event], house: House
) -> tuple[Event, ...]:
    """A series as calendars take it, in a feed or a mail: its master and the dates that differ. `dates`: all there ever
    were; `events`: of those that stand in it."""
    return series_events(
        asked.rule,
        asked.first,
        events,
        house.zone,
        sequence=sum(date.sequence for date in dates),
        changed_at=max(date.changed_at for date in dates),
    )


def _seen(reading: Reading, booking: Booked) -> Seen | None:
    """None where it does not stand any more, and of a series' date that was moved elsewhere."""
    if booking.status not in HELD_PLACE:
        return None
    if not reading.feed.scope.is_about(booking, reading.feed.person, reading.spaces):
        return None
    return seen_in_feed(reading.viewer, booking, reading.feed.scope, reading.feed.detail)


def _event(reading: Reading, booking: Booked, seen: Seen, *, recurrence_id: datetime | None = None) -> Event:
    language, words = reading.feed.person.language, reading.words
    link = f"{words.address}{booking.handle}" if seen.is_full else None
    return Event(
        uid=booking.uid,
        start=seen.during.start,
        end=seen.during.end,
        summary=in_language(TALK, language) if seen.detail == "talk" else seen.title or words.kinds[seen.kind],
        status=STATUS.get(booking.status, "confirmed"),
        sequence=booking.sequence,
        changed_at=booking.changed_at,
        created_at=booking.made_at,
        location=place_words(reading.house.spaces[seen.space], language),
        description=f"{words.booked_for % {'name': seen.organiser_name}}\n{link}" if link else None,
        url=link,
        recurrence_id=recurrence_id,
        classification="PUBLIC" if seen.detail in ("title", "full") else "PRIVATE",
    )

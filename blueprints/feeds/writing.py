"""A calendar's text, written some hundred events at a time: however many there are, memory holds but a few.

Its tag stands before it in the answer, and is made of all of it. So the text is written aside first, to a file where it
is long, and sent from there. A database that goes away meanwhile leaves nothing half sent that looks whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from hashlib import sha256
from itertools import islice
from tempfile import SpooledTemporaryFile

from flask_babel import force_locale
from flask_babel import gettext as _

from blueprints.booking.messages import place_name
from blueprints.feeds.events import Reading, Taken, feed_events, taken_events
from blueprints.web.language import language_of
from models.ical.event import Event
from models.ical.write import CLOSING, opening, written, years_of
from models.queries.feeds import OpenFeed, feed_bookings
from models.queries.series import series_by_uid
from models.rules.bookings.fields import Booked
from models.rules.house.house import House
from models.rules.people.feed_scope import FeedWindow

PRODUCT = "-//Trefpunt//Trefpunt//NL"
REFRESH = timedelta(minutes=30)
SHORT = 1 << 18  # octets: a longer one lies in a file while it is written and sent
A_PIECE = 1 << 16
STRETCHES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Written:
    """`spaces`: of every booking that was looked at, also the dates of a series that lie elsewhere. `days`: of UTC, the
    first and the last of its window and of those dates."""

    opening: bytes
    events: SpooledTemporaryFile[bytes]
    octets: int
    tag: str
    spaces: frozenset[str]
    days: tuple[date, date]

    @property
    def is_short(self) -> bool:
        return self.octets <= SHORT

    def pieces(self) -> Iterator[bytes]:
        self.events.seek(0)
        yield self.opening
        yield from iter(lambda: self.events.read(A_PIECE), b"")
        yield CLOSING

    def close(self) -> None:
        self.events.close()


def write_feed(feed: OpenFeed, house: House, window: FeedWindow) -> Written:
    """To be closed by whoever is done with it."""
    aside = SpooledTemporaryFile[bytes](SHORT)
    hashed, octets, years, spaces = sha256(), 0, set(), set()
    first, last = window.since, window.until
    try:
        with force_locale(f"{language_of(feed.person)}_BE"):
            reading = Reading.of(feed, house, window)
            for events, bookings in _some_at_a_time(reading):
                text = written(events, house.zone)
                aside.write(text)
                hashed.update(text)
                octets += len(text)
                years |= years_of(events)
                spaces |= {booking.space for booking in bookings}
                first = min([first, *(booking.during.start for booking in bookings)])
                last = max([last, *(booking.during.end for booking in bookings)])
            before = opening(years, name=_name(feed, house), zone=house.zone, product_id=PRODUCT, refresh=REFRESH)
    except BaseException:
        aside.close()
        raise
    hashed.update(before)
    days = first.astimezone(UTC).date(), last.astimezone(UTC).date()
    return Written(before, aside, len(before) + octets + len(CLOSING), hashed.hexdigest(), frozenset(spaces), days)


def _some_at_a_time(reading: Reading) -> Iterator[tuple[list[Event], list[Booked]]]:
    """In an order that only what they say decides: by UID, and what is no more than taken by space and time."""
    taken: Taken = defaultdict(list)
    for bookings in feed_bookings(reading.feed.scope, reading.feed.person, reading.house, reading.window):
        asked = series_by_uid({booking.series for booking in bookings if booking.series})
        yield feed_events(reading, bookings, asked, taken), bookings
    stretches = taken_events(reading, taken)
    while some := list(islice(stretches, STRETCHES_AT_ONCE)):
        yield some, []


def _name(feed: OpenFeed, house: House) -> str:
    """In the name of the organisation whose feed it is, so that it stands apart among somebody's other calendars."""
    language = feed.person.language
    organisation = house.organisations[feed.person.organisation].names.in_language(language)
    what = {"mine": lambda: _("my bookings"), "public": lambda: _("public events")}.get(
        feed.scope.sort, lambda: place_name(str(feed.scope), house, language)
    )()
    return f"{organisation} – {what}"

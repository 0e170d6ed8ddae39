"""What a calendar program reads at an address: the address is the key, so there is no sign-in and no cookie."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

from flask import Response, g, request
from flask_babel import force_locale
from flask_babel import gettext as _

from blueprints.booking.messages import place_name
from blueprints.feeds import blueprint
from blueprints.feeds.events import Reading, feed_events
from blueprints.web.clock import now
from blueprints.web.language import language_of
from blueprints.web.rights import needs
from models.actions.people.touch_last_used import is_due, touch_feed
from models.ical.write import calendar_text
from models.queries.feeds import OpenFeed, feed_bookings, feed_by_token_hash
from models.queries.house import the_house
from models.queries.kept import kept
from models.queries.revisions import revisions
from models.queries.series import series_by_uid
from models.rules.house.house import House
from models.rules.people.feed_scope import FeedWindow
from models.rules.people.tokens import token_hash

PRODUCT = "-//Trefpunt//Trefpunt//NL"
REFRESH = timedelta(minutes=30)
MOST_KEPT = 10_000  # tags, of some hundred octets each


@blueprint.get("/feeds/<token>.ics")
@needs("read_feed_by_address")
def read(token: str) -> Response:
    hashed = token_hash(token)
    feed = feed_by_token_hash(hashed)
    if feed is None or feed.scope.is_closed_to(feed.person, the_house()):
        return Response(status=404, headers={"Cache-Control": "no-store"})
    house = the_house()
    if is_due(feed.last_used_at, now()):
        g.note_use = lambda: touch_feed(hashed, now())
    answer = _answer(feed, house, FeedWindow.at(now(), house.zone))
    answer.cache_control.private = True
    return answer


def _answer(feed: OpenFeed, house: House, window: FeedWindow) -> Response:
    """304 by its tag alone. Last-Modified is the same all day, and no program is believed that knows nothing else: a
    booking that was moved away leaves none behind to tell that the text is another."""
    tags, this = _tags(house), (replace(feed, last_used_at=None), window)
    if this in tags and request.if_none_match.contains(tags[this]):
        answer = Response(status=304)
    else:
        answer = Response(_text(feed, house, window), content_type="text/calendar; charset=utf-8")
        tags[this] = hashlib.sha256(answer.data).hexdigest()
        if request.if_none_match.contains(tags[this]):
            answer = Response(status=304)
    answer.set_etag(tags[this])
    answer.last_modified = window.today
    return answer


def _tags(house: House) -> dict[tuple[OpenFeed, FeedWindow], str]:
    """The tag of each feed as it was last written, for as long as nothing has changed in the house. It is made of the
    text itself: it moves with what the reader may know, and with nothing else. Calendar programs ask day and night,
    nearly always in vain, and most are answered without the text."""
    tags = kept("feeds", (house.revision, revisions()[1]), dict[tuple[OpenFeed, FeedWindow], str])
    if len(tags) > MOST_KEPT:
        tags.clear()
    return tags


def _text(feed: OpenFeed, house: House, window: FeedWindow) -> bytes:
    bookings = [each for page in feed_bookings(feed.scope, feed.person, house, window) for each in page]
    asked = series_by_uid({booking.series for booking in bookings if booking.series})
    with force_locale(f"{language_of(feed.person)}_BE"):
        events = feed_events(Reading.of(feed, house, window), bookings, asked)
        name = _name(feed, house)
    return calendar_text(events, name=name, zone=house.zone, product_id=PRODUCT, refresh=REFRESH)


def _name(feed: OpenFeed, house: House) -> str:
    """In the name of the organisation whose feed it is, so that it stands apart among somebody's other calendars."""
    language = feed.person.language
    organisation = house.organisations[feed.person.organisation].names.in_language(language)
    what = {"mine": lambda: _("my bookings"), "public": lambda: _("public events")}.get(
        feed.scope.sort, lambda: place_name(str(feed.scope), house, language)
    )()
    return f"{organisation} – {what}"

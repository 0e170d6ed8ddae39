"""What a calendar program reads at an address: the address is the key, so there is no sign-in and no cookie."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import Response, g, request
from flask_babel import force_locale
from flask_babel import gettext as _

from blueprints.booking.messages import place_name
from blueprints.feeds import blueprint
from blueprints.feeds.events import Reading, feed_events
from blueprints.feeds.polls import CONTENT_TYPE
from blueprints.feeds.tags import has_it, settings_it_is_written_by
from blueprints.web.clock import now
from blueprints.web.language import language_of
from blueprints.web.rights import needs
from models.actions.people.touch_last_used import is_due, keep_tag, touch_feed
from models.ical.write import calendar_text
from models.queries.feed_tags import AskedFeed, Tag, asked_feed, bookings_before, spaces_it_is_made_of
from models.queries.feeds import OpenFeed, feed_bookings, opened
from models.queries.house import the_house
from models.queries.series import series_by_uid
from models.rules.house.house import House
from models.rules.people.feed_scope import FeedWindow
from models.rules.people.tokens import token_hash

PRODUCT = "-//Trefpunt//Trefpunt//NL"
REFRESH = timedelta(minutes=30)


@blueprint.get("/feeds/<token>.ics")
@needs("read_feed_by_address")
def read(token: str) -> Response:
    hashed = token_hash(token)
    asked = asked_feed(hashed)
    feed = opened(asked) if asked else None
    if asked is None or feed is None or feed.scope.is_closed_to(feed.person, the_house()):
        return Response(status=404, headers={"Cache-Control": "no-store"})
    answer, tag = _answer(asked, feed, the_house())
    if (tag.tag, tag.tag_of) != (asked.tag, asked.tag_of):
        g.note_use = lambda: keep_tag(hashed, tag, now())
    elif is_due(asked.last_used_at, now()):
        g.note_use = lambda: touch_feed(hashed, now())
    answer.cache_control.private = True
    return answer


def _answer(asked: AskedFeed, feed: OpenFeed, house: House) -> tuple[Response, Tag]:
    """304 by its tag alone. Last-Modified is the same all day, and no program is believed that knows nothing else: a
    booking that was moved away leaves none behind to tell that the text is another.

    What the text is made of is asked for before it is read, so that a change meanwhile only has it read once more.
    """
    window = FeedWindow.at(now(), house.zone)
    spaces = spaces_it_is_made_of(feed.scope, feed.person, house)
    made_of = asked.made_of(house.revision, bookings_before(asked, spaces), now(), settings_it_is_written_by())
    text = _text(feed, house, window)
    tag = hashlib.sha256(text).hexdigest()
    if has_it(request.headers.get("If-None-Match", ""), tag):
        answer = Response(status=304)
    else:
        answer = Response(text, content_type=CONTENT_TYPE)
    answer.set_etag(tag)
    answer.last_modified = window.today
    return answer, Tag(tag, made_of, spaces)


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

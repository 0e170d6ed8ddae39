"""What a calendar program reads at an address: the address is the key, so there is no sign-in and no cookie."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, replace
from datetime import datetime, timedelta

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
from models.queries.feeds import OpenFeed, feed_bookings, feed_by_token_hash, feed_state, last_change_in_house
from models.queries.house import the_house
from models.queries.series import series_by_uid
from models.rules.house.house import House
from models.rules.people.feed_scope import FeedWindow
from models.rules.people.tokens import token_hash
from models.rules.times.interval import civil_date, civil_day

PRODUCT = "-//Trefpunt//Trefpunt//NL"
REFRESH = timedelta(minutes=30)


@blueprint.get("/feeds/<token>.ics")
@needs("read_feed_by_address")
def read(token: str) -> Response:
    hashed = token_hash(token)
    feed = feed_by_token_hash(hashed)
    if feed is None:
        return Response(status=404, headers={"Cache-Control": "no-store"})
    if is_due(feed.last_used_at, now()):
        g.note_use = lambda: touch_feed(hashed, now())
    house = the_house()
    window = FeedWindow.at(now(), house.zone)
    answer = Response(content_type="text/calendar; charset=utf-8")
    answer.set_etag(_state(feed, house, window))
    answer.last_modified = _last_modified(feed, house)
    answer.cache_control.private = True
    if answer.make_conditional(request).status_code == 200:
        with force_locale(f"{language_of(feed.person)}_BE"):
            answer.data = _text(feed, house, window)
    return answer


def _state(feed: OpenFeed, house: House, window: FeedWindow) -> str:
    """A hash of all that the text is made of. Calendar programs ask day and night, nearly always in vain: hashing the
    text itself would mean writing it first. The window makes it another at each midnight, whatever was overlooked."""
    bookings = feed_state(feed.scope, feed.person, house, window)
    owner = (*map(str, astuple(replace(feed.person, roles=frozenset()))), *sorted(feed.person.roles))
    return hashlib.sha256(
        repr((feed.id, feed.scope, feed.detail, owner, house.revision, window, bookings)).encode()
    ).hexdigest()


def _text(feed: OpenFeed, house: House, window: FeedWindow) -> bytes:
    bookings = feed_bookings(feed.scope, feed.person, house, window)
    asked = series_by_uid({booking.series for booking in bookings if booking.series})
    events = feed_events(Reading.of(feed, house, window), bookings, asked)
    return calendar_text(events, name=_name(feed, house), zone=house.zone, product_id=PRODUCT, refresh=REFRESH)


def _name(feed: OpenFeed, house: House) -> str:
    """In the name of the organisation whose feed it is, so that it stands apart among somebody's other calendars."""
    language = feed.person.language
    organisation = house.organisations[feed.person.organisation].names.in_language(language)
    what = {"mine": lambda: _("my bookings"), "public": lambda: _("public events")}.get(
        feed.scope.sort, lambda: place_name(str(feed.scope), house, language)
    )()
    return f"{organisation} – {what}"


def _last_modified(feed: OpenFeed, house: House) -> datetime:
    """Not the latest of the bookings in it: one that was moved elsewhere leaves none behind to tell. At midnight the
    window moves. Never this very second: what may still change in it would go unseen, for HTTP counts in seconds."""
    midnight = civil_day(civil_date(now(), house.zone), house.zone).start
    changed = max(filter(None, (last_change_in_house(), feed.created_at, midnight)))
    return min(changed, now() - timedelta(seconds=1))

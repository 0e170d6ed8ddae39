"""What a calendar program reads at an address: the address is the key, so there is no sign-in and no cookie."""

from __future__ import annotations

from flask import Response, g, request

from blueprints.feeds import blueprint
from blueprints.feeds.polls import CONTENT_TYPE
from blueprints.feeds.tags import has_it, settings_it_is_written_by
from blueprints.feeds.writing import write_feed
from blueprints.web.clock import now
from blueprints.web.rights import needs
from models.actions.people.touch_last_used import is_due, keep_tag, touch_feed
from models.queries.feed_tags import (
    AskedFeed,
    Tag,
    asked_feed,
    bookings_before,
    spaces_it_is_made_of,
    with_those_elsewhere,
)
from models.queries.feeds import OpenFeed, opened
from models.queries.house import the_house
from models.rules.house.house import House
from models.rules.people.feed_scope import FeedWindow
from models.rules.people.tokens import token_hash


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
    before = bookings_before(asked, spaces)
    text = write_feed(feed, house, window)
    spaces, bookings = with_those_elsewhere(spaces, before, text.spaces, house)
    if has_it(request.headers.get("If-None-Match", ""), text.tag):
        answer = Response(status=304)
        text.close()
    elif text.is_short:
        answer = Response(b"".join(text.pieces()), content_type=CONTENT_TYPE)
        text.close()
    else:
        answer = Response(text.pieces(), content_type=CONTENT_TYPE)
        answer.content_length = text.octets
        answer.call_on_close(text.close)
    answer.set_etag(text.tag)
    answer.last_modified = window.today
    of = asked.written_of(house.revision, bookings, text.days, now(), settings_it_is_written_by())
    return answer, Tag(text.tag, of, spaces)

"""Calendar addresses: make one, see which there are, take one back."""

from __future__ import annotations

from typing import cast

from flask import Response
from flask_babel import lazy_gettext as _

from blueprints.api import blueprint
from blueprints.api.answers import answered, moment
from blueprints.api.bodies import FeedBody
from blueprints.api.conditions import if_still_so, shown
from blueprints.api.operation import operation
from blueprints.api.shapes import Detail, Feed, MadeFeed, Page
from blueprints.feeds.links import feed_url, webcal_url
from blueprints.web.clock import now
from blueprints.web.covered import FEED, covered
from blueprints.web.identity import signed_in
from blueprints.web.packing import shows_a_key
from blueprints.web.rights import needs
from models.actions.people.feeds import make_feed, revoke_feed
from models.queries.feeds import MyFeed, feeds_of
from models.queries.house import the_house
from models.rules.refusals import NotFound


@blueprint.post("/v1/feeds")
@needs("make_feeds")
@operation(
    _("Make a calendar address"),
    MadeFeed,
    status=201,
    body=FeedBody,
    notes=_("The address is shown this once. detail is what it will really tell, which may be less than asked."),
)
def post_feed(body: FeedBody) -> Response:
    made = make_feed(body.scope, body.detail, signed_in(), now())
    members = {
        "id": covered(made.id, FEED),
        "scope": made.scope,
        "detail": made.detail,
        "url": feed_url(made.token),
        "webcal_url": webcal_url(made.token),
        "created_at": moment(made.created_at, the_house()),
        "last_used_at": None,
    }
    return shows_a_key(answered(members, 201))


@blueprint.get("/v1/feeds")
@needs("see_feeds")
@operation(_("Your calendar addresses"), Page[Feed])
def list_feeds() -> Response:
    return answered({"items": [_feed_json(feed) for feed in feeds_of(signed_in().id)], "next": None})


@blueprint.get("/v1/feeds/<feed:feed_id>")
@needs("see_feeds")
@operation(_("One of your calendar addresses"), Feed, has_tag=True)
def get_feed(feed_id: int) -> Response:
    return shown(_my_feed(feed_id))


@blueprint.delete("/v1/feeds/<feed:feed_id>")
@needs("make_feeds")
@operation(_("Take a calendar address back"), None, status=204, has_tag=True)
def delete_feed(feed_id: int) -> Response:
    with if_still_so(lambda: _my_feed(feed_id)):
        revoke_feed(feed_id, signed_in(), now())
    return Response(status=204)


def _my_feed(feed_id: int) -> Feed:
    found = [each for each in feeds_of(signed_in().id) if each.id == feed_id]
    if not found:
        raise NotFound
    return _feed_json(found[0])


def _feed_json(feed: MyFeed) -> Feed:
    house = the_house()
    return {
        "id": covered(feed.id, FEED),
        "scope": feed.scope,
        "detail": cast(Detail, feed.detail),  # one of these words
        "created_at": moment(feed.created_at, house),
        "last_used_at": moment(feed.last_used_at, house) if feed.last_used_at else None,
    }

"""The page of my calendar addresses: which there are, a new one, and taking one back."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from blueprints.booking.messages import place_name
from blueprints.feeds import blueprint
from blueprints.feeds.form import FeedForm
from blueprints.feeds.links import feed_url, webcal_url
from blueprints.feeds.words import place_words
from blueprints.web.clock import now
from blueprints.web.faults import fault_sentence
from blueprints.web.identity import signed_in
from blueprints.web.packing import shows_a_key
from blueprints.web.rights import needs
from models.actions.people.feeds import make_feed, revoke_feed
from models.queries.feeds import MyFeed, feeds_of
from models.queries.house import the_house
from models.rules.house.house import House
from models.rules.people.feed_scope import FeedScope
from models.rules.refusals import BadRequest, NotFound

JUST_MADE = "feed_just_made"


@blueprint.get("/feeds")
@needs("see_feeds")
def show() -> Response:
    form, just_made = _form(), session.pop(JUST_MADE, None)
    if "scope" in request.args:
        form.scope.data = request.args["scope"]
    page = Response(_page(form, just_made))
    return shows_a_key(page) if just_made else page


@blueprint.post("/feeds")
@needs("make_feeds")
def make() -> AnyResponse | tuple[str, int]:
    form = _form()
    if form.validate_on_submit():
        try:
            made = make_feed(form.scope.data, form.detail.data, signed_in(), now())
        except BadRequest as error:
            getattr(form, error.field).errors = [fault_sentence(error)]
        else:
            # The cookie carries the token to the page that shows it, and loses it there.
            session[JUST_MADE] = {"id": made.id, "token": made.token}
            return redirect(url_for("feeds.show"), 303)
    return _page(form, None), 400


@blueprint.get("/feeds/<feed:feed_id>/revoke")
@needs("see_feeds")
def ask_to_revoke(feed_id: int) -> str:
    feed = next((each for each in feeds_of(signed_in().id) if each.id == feed_id), None)
    if feed is None:
        abort(404)
    return render_template("feeds/revoke.html", feed=_shown(feed, the_house()))


@blueprint.post("/feeds/<feed:feed_id>/revoke")
@needs("make_feeds")
def revoke(feed_id: int) -> AnyResponse:
    try:
        revoke_feed(feed_id, signed_in(), now())
    except NotFound:
        abort(404)
    flash(_("The address is revoked. Calendar programs that used it get nothing any more."), "success")
    return redirect(url_for("feeds.show"), 303)


def _form() -> FeedForm:
    return FeedForm().offer(signed_in(), the_house(), get_locale().language)


def _page(form: FeedForm, just_made: dict | None) -> str:
    house = the_house()
    feeds = [_shown(feed, house) for feed in feeds_of(signed_in().id)]
    made = next((feed for feed in feeds if just_made and feed["id"] == just_made["id"]), None)
    if made and just_made:
        made = made | {"address": feed_url(just_made["token"]), "webcal": webcal_url(just_made["token"])}
    return render_template("feeds/mine.html", form=form, feeds=feeds, made=made)


def _shown(feed: MyFeed, house: House) -> dict[str, object]:
    scope = FeedScope.read(feed.scope)
    return {
        "id": feed.id,
        "what": _what(scope, house),
        "closed": scope.is_closed_to(signed_in(), house) and _why_closed(scope),
        "detail": feed.detail,
        "created_at": feed.created_at,
        "last_used_at": feed.last_used_at,
    }


def _why_closed(scope: FeedScope) -> str:
    if scope.sort == "space":
        return _("You may not book this space, so this calendar shows nothing any more.")
    return _("You may book no space there, so this calendar shows nothing any more.")


def _what(scope: FeedScope, house: House) -> str:
    if scope.sort == "space" and scope.code in house.spaces:
        return place_words(house.spaces[scope.code], get_locale().language)
    if not scope.code:
        return _("Public events") if scope.sort == "public" else _("My own bookings")
    return place_name(str(scope), house)

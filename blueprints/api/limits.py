"""The end to how much one token may ask a minute, and how near it is, as every answer tells (RateLimit header fields of
the IETF's httpapi group). Beside the end to probing, which is about what is asked; in memory per process, as that."""

from __future__ import annotations

from flask import Response, current_app, g, request
from flask_babel import gettext as _
from werkzeug.exceptions import TooManyRequests

from blueprints.api import blueprint
from blueprints.web.clock import now
from blueprints.web.identity import bearer_token, current_person
from models.rules.people.rates import WINDOW, Left, Rates
from models.rules.people.tokens import token_hash


@blueprint.before_request
def count_request() -> None:
    """Only of tokens that open something: whoever shows others is answered 401 and leaves nothing to remember."""
    most: int = current_app.config["TREFPUNT_API_LIMIT"]
    token = bearer_token()
    if not most or not token or not request.path.startswith("/api/v1/") or current_person() is None:
        return
    g.left = _rates().add(token_hash(token), now(), most)
    if g.left.is_too_many:
        raise TooManyRequests(_("This token asked too much in a minute. Nothing was done."), retry_after=g.left.seconds)


@blueprint.after_request
def tell_what_is_left(answer: Response) -> Response:
    left: Left | None = g.get("left")
    if left is not None:
        answer.headers["RateLimit-Policy"] = f'"token";q={left.most};w={int(WINDOW.total_seconds())}'
        answer.headers["RateLimit"] = f'"token";r={max(left.remaining, 0)};t={left.seconds}'
    return answer


def _rates() -> Rates:
    return current_app.extensions.setdefault("api_rates", Rates())

"""304 for a page that came out as the browser has it already. Told from the page itself: it is made, then compared.
One of which nothing has moved since it was made is not made again (ready_pages.py)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from flask import Response, g, make_response, request, session

from blueprints.web.form_token import FORM_TOKEN
from blueprints.web.identity import is_shared_computer
from blueprints.web.packing import sent_packed, takes_gzip
from blueprints.web.ready_pages import Ready, keep_ready, ready_page


def unless_unchanged(view: Callable) -> Callable:
    """For a list, of which a browser may keep what it was sent: 304 while it would be sent the same again.

    A tag of anything else, such as how often the house was written to, would tell whoever asks each minute how often
    others book. So it is made of what its reader sees. The browser must ask each time. Signing out clears what it kept,
    for computers at a counter are shared.
    """

    @wraps(view)
    def answered(*args, **kwargs) -> Response:
        if "_flashes" in session:
            keep_no_copy()  # a message is said once
        may_be_kept = "keeps_no_copy" not in g and not is_shared_computer()
        if may_be_kept and (ready := ready_page()):
            return _to_be_kept(_as_ready(ready), ready.tag)
        response = make_response(view(*args, **kwargs))
        if response.status_code != 200 or "keeps_no_copy" in g or not may_be_kept:
            return response
        tag = _tag(response)
        # The first answer is packed as each later one, or its length would tell that something has moved.
        ready = keep_ready(response.get_data(), tag)
        return _to_be_kept(_as_ready(ready) if ready else response, tag)

    return answered


def _as_ready(ready: Ready) -> Response:
    if request.if_none_match.contains(ready.tag):
        return make_response("")
    response = make_response(ready.html())
    return sent_packed(response, ready.packed()) if takes_gzip(request.headers.get("Accept-Encoding", "")) else response


def _to_be_kept(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Cookie", "HX-Request"))
    response.make_conditional(request)
    return response


def keep_no_copy() -> None:
    """Said while a page is made that differs each time, though it shows the same: it gets no tag."""
    g.keeps_no_copy = True


def _tag(response: Response) -> str:
    """Of the page but for its form token, which is another in each answer: what it is signed over stays, and a page
    that was kept can be sent as long as that does."""
    token, signed_over = g.get(FORM_TOKEN), session.get(FORM_TOKEN)
    body = response.get_data()
    if token:
        body = body.replace(token.encode(), str(signed_over).encode())
    return sha256(body).hexdigest()

"""What a program read is still so: a tag of what it was shown, and a write that is done only while that would be shown
again (RFC 9110, ETag, If-None-Match and If-Match)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from flask import Response, request
from flask_babel import gettext as _
from werkzeug.exceptions import PreconditionFailed

from blueprints.api.answers import answered
from models.tables.transaction import on_condition


def stale() -> PreconditionFailed:
    """412: nothing was done."""
    return PreconditionFailed(_("This changed since you read it. Read it again, then say what is to be otherwise."))


def tag_of(members: object) -> str:
    """Made of what this caller is shown and of nothing else: it moves just when that does. What a version or a time of
    writing would tell beside that is not theirs to know."""
    return sha256(json.dumps(members, sort_keys=True).encode()).hexdigest()[:32]


def shown(members: object) -> Response:
    """What there is, with its tag; 304 where the caller has just that."""
    answer = tagged(answered(members), members)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.vary.update(("Authorization", "Accept-Language"))
    answer.make_conditional(request)
    if answer.status_code == PreconditionFailed.code:  # who asks with If-Match, as for a write
        raise stale()
    return answer


def tagged(answer: Response, members: object) -> Response:
    """An answer to a write, with the tag that reading has from now on: a program goes on without reading again."""
    answer.set_etag(tag_of(members))
    return answer


@contextmanager
def if_still_so(read: Callable[[], object]) -> Iterator[None]:
    """Around a write. With If-Match it is done only while `read` gives what one of these tags was made of: asked first
    without a lock, so that nothing is judged in vain, and again with it, so that nobody comes in between. Raises
    stale()."""
    if "If-Match" not in request.headers:
        yield
        return

    def check() -> None:
        if not request.if_match.contains(tag_of(read())):  # a weak tag is none here, `*` is each
            raise stale()

    check()
    with on_condition(check):
        yield

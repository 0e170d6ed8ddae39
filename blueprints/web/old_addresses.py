"""Addresses from before there were handles stand in mails and calendars: for a while they lead on whoever is party."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import redirect, request
from werkzeug.wrappers import Response

from blueprints.web.addresses import digits, url_with
from blueprints.web.clock import now

# Thirty days from 30 November 2026, when handles came. After that nothing of this is needed any more.
NUMBERED_UNTIL = datetime(2026, 12, 30, tzinfo=UTC)


def old_number(name: str) -> int | None:
    """The number that stands where the address of a page has the handle `name`, as long as that still leads on."""
    if request.method not in ("GET", "HEAD") or now() >= NUMBERED_UNTIL:
        return None
    return digits((request.view_args or {}).get(name))


def led_on(name: str, handle: str) -> Response:
    """To the same page by its handle; for good, as what asked may keep it."""
    assert request.endpoint is not None, "an address with a handle is that of a view"
    return redirect(url_with(request.endpoint, {**request.args, **(request.view_args or {}), name: handle}), 308)

"""Addresses from before there were handles stand in mails and calendars: for a while they lead on whoever is party."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import redirect, request
from werkzeug.wrappers import Response

from blueprints.web.addresses import digits, url_with
from blueprints.web.clock import now

HANDLES_CAME = datetime(2026, 11, 30, tzinfo=UTC)
NUMBERED_UNTIL = HANDLES_CAME + timedelta(days=30)  # after that nothing of this is needed any more


def old_number(name: str) -> int | None:
    """The number that stands where the address of a page has the handle `name`, as long as that still leads on."""
    if request.method not in ("GET", "HEAD") or now() >= NUMBERED_UNTIL:
        return None
    return digits((request.view_args or {}).get(name))


def led_on(name: str, handle: str, made_at: datetime) -> Response | None:
    """To the same page by its handle; for good, as what asked may keep it. Not to what was made since handles came: its
    number never stood in an address, and would count what others made."""
    if made_at >= HANDLES_CAME:
        return None
    assert request.endpoint is not None, "an address with a handle is that of a view"
    return redirect(url_with(request.endpoint, {**request.args, **(request.view_args or {}), name: handle}), 308)

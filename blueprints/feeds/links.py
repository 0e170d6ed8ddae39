"""The links of a calendar address, as absolute addresses: calendar programs and mails know no other."""

from __future__ import annotations

from flask import url_for

from blueprints.web.base_url import absolute


def feed_url(token: str) -> str:
    """Where a feed is read. Whoever has this address can read it."""
    return absolute(url_for("feeds.read", token=token))


def webcal_url(token: str) -> str:
    """The same as a link that opens a calendar program and subscribes."""
    return f"webcal:{feed_url(token).partition(':')[2]}"


def booking_url(handle: str) -> str:
    return absolute(f"/bookings/{handle}")

"""The clock: the one place from where pages take `now`."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app


def now() -> datetime:
    """This instant in UTC, or what TREFPUNT_CLOCK in the app's config says it is."""
    clock = current_app.config.get("TREFPUNT_CLOCK")
    return clock() if clock is not None else datetime.now(UTC)  # noqa: TID251 - the clock itself

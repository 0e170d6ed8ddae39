"""A calendar's tag: made of its text, so that it moves with what its reader may know, and with nothing else."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from flask import current_app


def has_it(given: str, tag: str) -> bool:
    """By the If-None-Match of whoever asks. What a proxy that packs has put before the tag or after it is no matter."""
    return tag in given or given.strip() == "*"


def settings_it_is_written_by() -> str:
    return _told_apart(current_app.config["TREFPUNT_BASE_URL"], current_app.config["SECRET_KEY"])


@lru_cache(maxsize=16)
def _told_apart(*settings: str) -> str:
    return sha256("\n".join(settings).encode()).hexdigest()[:12]

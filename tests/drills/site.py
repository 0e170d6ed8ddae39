"""What is served and worked on in a drill: Trefpunt on the Wednesday of the cast, or at another time."""

from __future__ import annotations

import os
from datetime import datetime

from flask import Flask

from app import create_app
from tests.cast import NOW
from tests.databases import SECRET


def site() -> Flask:
    instant = datetime.fromisoformat(os.environ.get("DRILL_AT") or NOW.isoformat())
    return create_app(settings_for(os.environ["TREFPUNT_DATABASE_URL"], instant))


def settings_for(url: str, instant: datetime = NOW) -> dict[str, object]:
    return {
        "TREFPUNT_DATABASE_URL": url,
        "TREFPUNT_SECRET_KEY": SECRET,
        "TREFPUNT_CLOCK": lambda: instant,
        "TREFPUNT_PROBES": "0",
        "TREFPUNT_API_LIMIT": "0",
    }

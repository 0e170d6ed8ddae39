"""What gunicorn serves in a drill: Trefpunt on the Wednesday of the cast."""

from __future__ import annotations

import os

from flask import Flask

from app import create_app
from tests.cast import NOW
from tests.databases import SECRET


def site() -> Flask:
    return create_app(settings_for(os.environ["TREFPUNT_DATABASE_URL"]))


def settings_for(url: str) -> dict[str, object]:
    return {
        "TREFPUNT_DATABASE_URL": url,
        "TREFPUNT_SECRET_KEY": SECRET,
        "TREFPUNT_CLOCK": lambda: NOW,
        "TREFPUNT_PROBES": "0",
        "TREFPUNT_API_LIMIT": "0",
    }

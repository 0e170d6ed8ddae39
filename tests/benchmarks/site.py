"""What gunicorn serves while it is measured: Trefpunt, and beside it a page that says hello."""

from __future__ import annotations

import os

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from app import create_app
from tests.cast import NOW
from tests.databases import SECRET

SETTINGS = {
    "TREFPUNT_SECRET_KEY": SECRET,
    "TREFPUNT_BASE_URL": "http://localhost",  # the same for all processes: what is written says it
    "TREFPUNT_CLOCK": lambda: NOW,
    "TREFPUNT_PROBES": "0",
    "TREFPUNT_API_LIMIT": "0",
}


def site() -> Flask:
    """Trefpunt itself, whose templates gunicorn makes ready before anybody comes."""
    hello = Flask("hello")
    hello.add_url_rule("/", view_func=lambda: "hello")
    trefpunt = create_app({**SETTINGS, "TREFPUNT_DATABASE_URL": os.environ["BENCH_DATABASE_URL"]})
    trefpunt.wsgi_app = DispatcherMiddleware(trefpunt.wsgi_app, {"/hello-world": hello})
    return trefpunt

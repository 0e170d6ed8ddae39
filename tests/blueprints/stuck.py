"""What gunicorn serves in the test of its worker: the health checks, and a page that never ends."""

from __future__ import annotations

import threading

from flask import Flask


def stuck() -> Flask:
    app = Flask(__name__)
    app.add_url_rule("/stuck", "stuck", view_func=lambda: str(threading.Event().wait(60)))
    app.add_url_rule("/trefpunt/healthz", "below", view_func=lambda: "ok\n")
    app.add_url_rule("/healthz", "healthz", view_func=lambda: "ok\n")
    return app

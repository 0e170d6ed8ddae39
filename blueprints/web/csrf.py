"""Forms may only be sent from our own pages."""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect

csrf = CSRFProtect()


def start_csrf(app: Flask) -> None:
    """Check every POST; the API exempts its own blueprint with `csrf.exempt`, since it never looks at the cookie."""
    # The token lives as long as the cookie session: a form left open over lunch must still be accepted.
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    csrf.init_app(app)

"""How an event becomes a line of the log: JSON for programs, plain at a terminal; with nothing in it that opens a
calendar, leads to a place in line or tells of anybody.

Stands apart from everything else of ours, for gunicorn loads it before anything of the app.
"""

from __future__ import annotations

import json
import logging
import logging.config
import os
import re
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

from sqlalchemy.exc import DBAPIError

TOKEN = re.compile(r"""(/feeds/|/line/place/|/kiosk/[^\s/]+/ticket/)[^\s/?"'&]+|[^\s/?"'&=]+(?=\.ics\b)""")
FACTS = ("request_id", "person", "endpoint", "method", "status", "ms", "incident")  # of an event, beside its words


class Lines(logging.Formatter):
    """One line an event. TREFPUNT_LOG says json or plain; where it does not, plain is for a terminal."""

    def __init__(self) -> None:
        super().__init__()
        wanted = os.environ.get("TREFPUNT_LOG", "").strip()
        self.is_plain = wanted == "plain" if wanted else sys.stderr.isatty()

    def format(self, record: logging.LogRecord) -> str:
        words = without_tokens(record.getMessage())
        if record.exc_info and record.exc_info[1]:
            words = f"{words}\n{told(record.exc_info[1])}"
        facts = {name: vars(record)[name] for name in FACTS if vars(record).get(name) is not None}
        at = datetime.fromtimestamp(record.created, UTC)
        if self.is_plain:
            more = " ".join(f"{name}={value}" for name, value in facts.items())
            return f"{at:%H:%M:%S} {record.levelname} {words}{f' {more}' if more else ''}"
        event = {"time": at.isoformat(timespec="milliseconds"), "level": record.levelname.lower()}
        return json.dumps({**event, "logger": record.name, "message": words, **facts}, ensure_ascii=False)

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return told(ei[1]) if ei[1] is not None else ""


# gunicorn's own line of a request would hold its address, whole; ours, of blueprints/web/request_log.py, its endpoint.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "blueprints.log_lines.Lines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
        "alembic": {"level": "WARNING"},
    },
}


def log_lines() -> None:
    """From here on this process logs so, on stderr."""
    logging.config.dictConfig(LOGGING)


def without_tokens(text: str) -> str:
    return TOKEN.sub(lambda found: f"{found[1] or ''}***", text)


def told(error: BaseException) -> str:
    """Where and what went wrong, with its causes, as a log may hold it.

    Of a database error only its class and code: PostgreSQL quotes the whole row, and a booking's title stands in it.
    """
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    # The driver's own error stands behind SQLAlchemy's and says the same with the row in it.
    before = f"{told(cause)}\n" if cause is not None and not isinstance(error, DBAPIError) else ""
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", "")
        what = f"{type(error).__name__} ({code})"
    else:
        what = f"{type(error).__name__}: {without_tokens(str(error))}"
    return f"{before}{''.join(traceback.format_tb(error.__traceback__))}{what}"

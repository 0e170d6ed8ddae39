"""What may stand in a log: never a feed's token, which opens somebody's calendar."""

from __future__ import annotations

import logging
import re
import traceback

from sqlalchemy.exc import DBAPIError

TOKEN = re.compile(r"""(/feeds/)[^\s/?"'&]+|[^\s/?"'&=]+(?=\.ics\b)""")
LOGGERS_OF_ADDRESSES = ("gunicorn.access", "gunicorn.error", "werkzeug")


class WithoutTokens(logging.Filter):
    """Masks feed tokens in whatever a server logs, however it was configured and whoever starts it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = without_tokens(message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True


def without_tokens(text: str) -> str:
    return TOKEN.sub(lambda found: f"{found[1] or ''}***", text)


def start_logs() -> None:
    for name in LOGGERS_OF_ADDRESSES:
        logger = logging.getLogger(name)
        if not any(isinstance(each, WithoutTokens) for each in logger.filters):
            logger.addFilter(WithoutTokens())


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

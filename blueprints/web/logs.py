"""What may stand in a log: never what opens somebody's calendar or their place in line."""

from __future__ import annotations

import logging

from blueprints.log_lines import without_tokens

LOGGERS_OF_ADDRESSES = ("gunicorn.access", "gunicorn.error", "werkzeug")


class WithoutTokens(logging.Filter):
    """Masks such tokens in whatever a server logs, however it was configured and whoever starts it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        masked = without_tokens(message)
        if masked != message:
            record.msg, record.args = masked, ()
        return True


def start_logs() -> None:
    for name in LOGGERS_OF_ADDRESSES:
        logger = logging.getLogger(name)
        if not any(isinstance(each, WithoutTokens) for each in logger.filters):
            logger.addFilter(WithoutTokens())

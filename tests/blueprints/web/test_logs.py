"""A feed's token opens a calendar: no log ever shows one."""

from __future__ import annotations

import logging

import pytest

from blueprints.log_lines import told
from blueprints.web.logs import LOGGERS_OF_ADDRESSES, start_logs

TOKEN = "J8s-yXw_2kQv0aTzR4bNcw"


@pytest.mark.parametrize("name", LOGGERS_OF_ADDRESSES)
@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ('%s "%s" %s', ("127.0.0.1", f"GET /feeds/{TOKEN}.ics HTTP/1.1", 200)),
        ('%(h)s "%(r)s" "%(f)s"', ({"h": "::1", "r": f"GET /feeds/{TOKEN}.ics?x=1 HTTP/1.1", "f": "-"},)),
        (f"Error handling request /feeds/{TOKEN}.ics", ()),
        (f"GET /%66eeds/{TOKEN}.ics", ()),
    ],
)
def test_no_server_logs_a_token(caplog, name, message, arguments):
    start_logs()
    start_logs()  # once a process, however many apps it makes
    with caplog.at_level(logging.INFO, logger=name):
        logging.getLogger(name).info(message, *arguments)
    assert TOKEN not in caplog.text
    assert "***" in caplog.text


def test_other_addresses_stay_readable(caplog):
    start_logs()
    with caplog.at_level(logging.INFO, logger="gunicorn.access"):
        logging.getLogger("gunicorn.access").info('"%s" %s', "GET /rooms/VZ-101?date=2027-03-03 HTTP/1.1", 200)
    assert '"GET /rooms/VZ-101?date=2027-03-03 HTTP/1.1" 200' in caplog.text


def test_a_failure_is_told_with_its_cause():
    def read() -> None:
        try:
            {}["first"]
        except KeyError as error:
            raise RuntimeError(f"could not read /feeds/{TOKEN}.ics") from error

    with pytest.raises(RuntimeError) as failure:
        read()
    words = told(failure.value)
    assert words.index("KeyError: 'first'") < words.index("RuntimeError: could not read")
    assert TOKEN not in words

"""One line a request, by which it is found again and that tells of nobody."""

from __future__ import annotations

import json
import logging
import re

import pytest

from blueprints.log_lines import Lines, without_tokens
from tests.cast import ANN

FEED = "/feeds/J8s-yXw_2kQv0aTzR4bNcw.ics"


@pytest.fixture
def lines(caplog, monkeypatch):
    """What the log says of requests, as JSON."""
    monkeypatch.setenv("TREFPUNT_LOG", "json")
    caplog.set_level(logging.INFO, "trefpunt.request")
    return lambda: [json.loads(Lines().format(each)) for each in caplog.records if each.name == "trefpunt.request"]


def test_a_request_is_one_line_without_its_address(browser_of, lines):
    ann = browser_of(ANN)
    answer = ann.get("/rooms/VZ-101?date=2027-03-03")
    (line,) = lines()
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert {name: line[name] for name in ("level", "endpoint", "method", "status", "message")} == {
        "level": "info",
        "endpoint": "meeting_rooms.one_space",
        "method": "GET",
        "status": 200,
        "message": "request",
    }
    assert isinstance(line["person"], int)
    assert line["ms"] > 0
    assert "VZ-101" not in json.dumps(line)


def test_nobody_is_named_where_nobody_is_known_and_a_watchdog_fills_no_log(client, lines):
    client.get(FEED)
    client.get("/healthz")
    client.get("/static/css/base.css")
    (line,) = lines()
    assert (line["endpoint"], line["status"]) == ("feeds.read", 404)
    assert "person" not in line
    assert "J8s" not in json.dumps(line)


@pytest.mark.parametrize(
    ("trusted", "given", "taken"),
    [
        (1, "0af7651916cd43dd8448eb211c80319c", True),
        (0, "0af7651916cd43dd8448eb211c80319c", False),  # anybody may have written it
        (1, "short", False),
        (1, 'a"} {"level": "error', False),
    ],
)
def test_the_number_of_a_request_is_a_proxys_where_one_is_trusted(trusted, given, taken, app, client):
    app.config["TREFPUNT_TRUSTED_PROXIES"] = trusted
    found = client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert (found == given) is taken
    assert taken or re.fullmatch(r"[0-9a-f]{16}", found)


def test_what_broke_is_a_line_with_the_number_of_its_page(own_app, lines):
    own_app.config["PROPAGATE_EXCEPTIONS"] = False
    own_app.add_url_rule("/broken", "broken", lambda: 1 / 0)
    page = own_app.test_client().get("/broken", headers={"Accept-Language": "en"})
    (line,) = lines()
    assert (line["level"], line["status"]) == ("error", 500)
    assert f"this number: {line['incident']}" in page.text
    assert f"Number of this request: {line['request_id']}" in page.text


@pytest.mark.parametrize(("chosen", "beginning"), [("json", '{"time": "'), ("plain", "")])
def test_what_goes_wrong_anywhere_is_told_without_tokens_and_on_one_line_of_json(chosen, beginning, monkeypatch):
    monkeypatch.setenv("TREFPUNT_LOG", chosen)
    error = RuntimeError(f"could not read {FEED}")
    record = logging.LogRecord("any", logging.ERROR, "", 0, "at %s", (FEED,), (RuntimeError, error, None))
    line = Lines().format(record)
    assert line.startswith(beginning)
    assert "J8s" not in line
    assert "RuntimeError: could not read" in line
    assert ("\n" in line) is (chosen == "plain")


@pytest.mark.parametrize("address", ["/line/place/{}", "/line/place/{}?now=1", "/kiosk/Z0-LOK/ticket/{}"])
def test_no_log_leads_to_anybodys_place_in_line(address):
    assert without_tokens(f"GET {address.format('abcdefgh23456789')} HTTP/1.1").count("abcdefgh") == 0

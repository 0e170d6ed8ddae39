"""How much one token may ask in a minute, and that every answer says how near the end is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.blueprints.api.asking import wish
from tests.cast import ANN

POLICY = '"token";q=3;w=60'


@pytest.fixture(autouse=True)
def three_a_minute(demo_app):
    demo_app.config["TREFPUNT_API_LIMIT"] = 3
    yield
    demo_app.extensions.pop("api_rates", None)


def told(answer) -> tuple[int, str, str]:
    return answer.status_code, answer.headers["RateLimit-Policy"], answer.headers["RateLimit"]


def test_each_answer_says_what_is_left_and_the_fourth_in_a_minute_is_429_with_nothing_done(program, clock):
    ann = program(ANN)
    assert told(ann.get("/zones")) == (200, POLICY, '"token";r=2;t=60')
    clock.instant += timedelta(seconds=20)
    assert told(ann.get("/spaces/NIET")) == (404, POLICY, '"token";r=1;t=40')  # a no counts as well
    assert told(ann.get("/zones")) == (200, POLICY, '"token";r=0;t=40')
    late = ann.post("/bookings", wish())
    assert (told(late), late.headers["Retry-After"]) == ((429, POLICY, '"token";r=0;t=40'), "40")
    clock.instant += timedelta(seconds=40)
    assert told(ann.get("/bookings?mine=1")) == (200, POLICY, '"token";r=2;t=60')
    assert ann.get("/bookings?mine=1").json["items"] == []


def test_each_token_has_its_own_and_what_opens_nothing_is_not_counted(program):
    for _time in range(3):
        program(ANN).get("/zones")
    assert program(ANN).get("/zones").status_code == 429
    assert program(ANN, "read").get("/zones").status_code == 200
    for _time in range(5):
        unknown = program().get("/zones", headers={"Authorization": "Bearer tp_nobodys"})
        assert (unknown.status_code, "RateLimit" in unknown.headers) == (401, False)


def test_nought_is_no_end(program, demo_app):
    demo_app.config["TREFPUNT_API_LIMIT"] = 0
    for _time in range(5):
        answer = program(ANN).get("/zones")
        assert (answer.status_code, "RateLimit" in answer.headers) == (200, False)

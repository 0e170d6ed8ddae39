"""Who asks, behind proxies."""

from __future__ import annotations

import pytest
from flask import Flask, request
from werkzeug.test import Client

from blueprints.web.proxies import start_proxies

SENT = {"X-Forwarded-For": "192.0.2.66, 198.51.100.7, 10.0.0.2", "X-Forwarded-Host": "evil.example"}


@pytest.mark.parametrize(
    ("trusted", "who"),
    [
        (0, "10.0.0.1"),  # anybody may write the header
        (1, "10.0.0.2"),
        (2, "198.51.100.7"),
        (4, "10.0.0.1"),  # fewer spoke than are said to stand there: nobody is believed
    ],
)
def test_who_asks_is_said_by_as_many_proxies_as_are_trusted(trusted, who):
    app = Flask(__name__)
    app.config["TREFPUNT_TRUSTED_PROXIES"] = trusted
    start_proxies(app)
    app.add_url_rule("/", view_func=lambda: f"{request.remote_addr} {request.host}")
    answer = Client(app).get("/", headers=SENT, environ_base={"REMOTE_ADDR": "10.0.0.1"})
    assert answer.text == f"{who} localhost"

"""Headers on every answer, whatever it is."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/api/nowhere", "/static/css/base.css"])
def test_every_answer_says_what_a_browser_may_do_with_it(client, path):
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; "
        "object-src 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_are_not_kept_but_style_sheets_are(client):
    assert client.get("/nowhere").headers["Cache-Control"] == "no-store"
    assert client.get("/static/css/base.css").headers["Cache-Control"] != "no-store"


@pytest.mark.parametrize(("base_url", "told"), [("https://trefpunt.example.org", True), ("http://localhost", False)])
def test_browsers_are_held_to_https_where_there_is_https(app, client, base_url, told):
    app.config["TREFPUNT_BASE_URL"] = base_url
    assert ("Strict-Transport-Security" in client.get("/healthz").headers) is told

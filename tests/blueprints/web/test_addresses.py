"""What an address may hold."""

from __future__ import annotations

import pytest


@pytest.fixture
def app(own_app):
    return own_app


@pytest.mark.parametrize(("number", "status"), [("1", 200), (str(2**31 - 1), 200), (str(2**31), 404), ("9" * 40, 404)])
def test_a_number_that_no_row_can_have_belongs_to_nothing(app, client, number, status):
    app.add_url_rule("/things/<int:thing_id>", "thing", lambda thing_id: str(thing_id))
    assert client.get(f"/things/{number}").status_code == status

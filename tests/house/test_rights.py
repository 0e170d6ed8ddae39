"""Every address says which right it asks for."""

from __future__ import annotations

from app import create_app
from models.rules.people.rights import RIGHTS
from tests.databases import SECRET

OF_FLASK_ITSELF = {"static"}


def test_every_view_states_a_right_of_the_matrix():
    app = create_app({"TREFPUNT_DATABASE_URL": "sqlite://", "TREFPUNT_SECRET_KEY": SECRET})
    without = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint not in OF_FLASK_ITSELF and getattr(view, "right", None) not in RIGHTS
    }
    assert without == set()

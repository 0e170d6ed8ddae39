"""One demo building for all the rows of a table, with everything that stands before any of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app import create_app
from models.tables.db import db
from tests.conftest import DATABASES
from tests.databases import SECRET, migrated
from tests.demo_building import load_demo_building
from tests.models.actions.bookings.verdicts import take


@pytest.fixture(scope="module", params=DATABASES)
def prepared(request) -> Iterator[None]:
    """The `before` column of the module's TABLE has happened. Its rows ask and write nothing, so they share it."""
    shelf = request.getfixturevalue(f"{request.param}_shelf")
    with shelf.copy_of("demo", migrated, load_demo_building) as url:
        app = create_app({"TESTING": True, "TREFPUNT_DATABASE_URL": url, "TREFPUNT_SECRET_KEY": SECRET})
        with app.test_request_context():
            take(step for row in request.module.TABLE for step in row[4])
            yield
            db.session.remove()
            db.engine.dispose()

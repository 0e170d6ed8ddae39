"""The migration that writes down who coordinates and heads: what was worked out until then, to be confirmed."""

from __future__ import annotations

import flask_migrate
import pytest

from models.queries.people import person_by_username, with_assumed_duties
from models.tables.db import db
from tests.cast import ANN, CHRIS, DORA, ELS


@pytest.mark.usefixtures("demo")
def test_what_was_worked_out_is_written_down_and_waits_to_be_confirmed():
    db.session.remove()
    flask_migrate.downgrade(revision="0008")  # the house as it was the day before, with all its people
    flask_migrate.upgrade()
    # Her own service, and those of her organisation in her zone; the reception's desk stands in another.
    assert person_by_username(CHRIS).coordinates == {"GEM-BEV", "GEM-RIJ", "GEM-BST", "GEM-VRE"}
    assert person_by_username(DORA).coordinates == {
        f"OCMW-{each}" for each in ("INT", "LEE", "SCH", "WON", "SEN", "HVK")
    }
    assert (person_by_username(ELS).coordinates, person_by_username(ELS).heads) == (set(), {"OCMW-INT"})
    assert person_by_username("beheerder.ocmw").coordinates == set()
    waiting = {each.username for each in with_assumed_duties()}
    assert {CHRIS, DORA, ELS} <= waiting
    assert ANN not in waiting

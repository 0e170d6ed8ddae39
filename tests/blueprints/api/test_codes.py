"""Whichever dash a program sends, and whatever stands in a code that nobody sees: it means what is there."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from models.tables.db import db
from models.tables.transaction import write_transaction
from tests.blueprints.api.asking import wish
from tests.cast import ANN, FARID


@pytest.mark.parametrize("written", ["VZ\u2011101", "VZ-101\u200b", "\ufeffVZ–101", "ＶＺ-101", " VZ-101\u00a0"])
def test_a_space_is_found_however_its_code_is_written(written, program):
    ann = program(ANN)
    assert ann.post("/bookings/check", wish(written)).json["space"] == "VZ-101"
    assert ann.get(f"/spaces/{written}").json["code"] == "VZ-101"
    assert ann.get("/bookings", query_string={"space": written}).status_code == 200
    assert ann.post("/feeds", {"scope": f"space:{written}"}).json["scope"] == "space:VZ-101"


def test_so_are_zones_floors_organisations_services_and_people(program):
    ann, farid = program(ANN), program(FARID, "manage")
    asked = {"zone": "Z1\u2011VER", "floor": "F1\u200b", "organisation": "\ufeffGEM"}
    assert (
        ann.get("/spaces", query_string=asked).json
        == ann.get("/spaces", query_string={"zone": "Z1-VER", "floor": "F1", "organisation": "GEM"}).json
    )
    checked = ann.post("/bookings/check", wish("SK-01", service="GEM\u2011BEV", on_behalf_of=f"{ANN}\u200b"))
    assert (checked.json["service"], checked.json["organiser"]) == ("GEM-BEV", ANN)
    changed = farid.patch("/zones/Z1\u2011VER", {"max_persons": 40, "reason": "x"})
    assert (changed.status_code, changed.json["code"]) == (200, "Z1-VER")
    closed = farid.post("/closures", {"from": "2027-06-01", "name": "x", "organisations": ["GEM\u200b"]})
    assert closed.json["items"][0]["organisations"] == ["GEM"]


def test_what_can_be_told_apart_is_not_found(program):
    for written in ("vz-101", "VZ101", "VZ_101", "VZ-1O1"):
        assert program(ANN).post("/bookings/check", wish(written)).status_code == 404, written


def test_an_old_code_is_found_as_it_is_before_what_it_looks_like(demo_app, program):
    """From before codes had one form."""
    with demo_app.test_request_context(), write_transaction():
        for old, code in (("VZ\u2011101", "VZ-102"), ("会議室", "VZ-103")):
            db.session.execute(text("UPDATE space SET code = :old WHERE code = :code"), {"old": old, "code": code})
        db.session.execute(text("UPDATE municipality SET revision = revision + 1"))
    ann = program(ANN)
    for written, meant in (
        ("VZ-101", "VZ-101"),
        ("VZ\u2011101", "VZ\u2011101"),
        ("VZ\u2013101", "VZ-101"),
        ("会議室", "会議室"),
    ):
        checked = ann.post("/bookings/check", wish(written))
        assert checked.json.get("space") == meant, checked.json
        assert ann.get(f"/spaces/{written}").json["code"] == meant

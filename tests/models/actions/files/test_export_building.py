"""The whole house taken out of one database and put into another: nothing is lost, nothing is made up."""

from __future__ import annotations

from datetime import timedelta

import flask_migrate
import pytest

from models.actions.files.export_building import export_building
from models.actions.files.import_building import import_building, preview_building
from models.actions.places.set_line import set_line
from models.queries.house import the_house
from models.queries.import_rows import exported_building
from models.queries.people import person_by_username
from models.rules.changes.limits import SetLimit
from models.rules.changes.rules import SetRule
from models.rules.changes.spaces import SetCapacity, SetPolicy, SetUse
from models.rules.files.columns import SHAPES
from models.rules.house.line_settings import LineSettings
from models.rules.people.person import By
from models.rules.refusals import NotAllowed
from models.rules.values import Scope
from models.tables.db import db
from tests.cast import ANN, DEMO_FILES, FARID, INES, NORA, NOW
from tests.changing import put, space
from tests.demo_building import load_demo_building

LATER = NOW + timedelta(days=30)


def person(username: str):
    return person_by_username(username)


def managed() -> None:
    """What managers do to a house in a month, and what they plan for later."""
    put(SetCapacity(space("VZ-101"), 12, {"ushape": None, "banquet": 30}), reason="works")
    put(SetCapacity(space("VZ-102"), 3, first=LATER.date() + timedelta(days=60)), reason="summer")
    put(SetPolicy(space("VZ-103"), {"max_minutes": 90, "approval_role": "receptionist"}), reason="quiet")
    put(SetUse(space("VZ-106"), False), reason="floor")
    put(SetLimit(Scope("floor", "F1"), 100), who=NORA, reason="stairs", legal_basis="fire report")
    put(SetLimit(Scope("zone", "Z1-VER"), None), who=NORA, reason="lifted")
    put(SetRule(Scope("rule", "R23"), {"mode": "enforce", "parameter": "3"}), who=NORA, reason="after what happened")
    put(SetRule(Scope("rule", "R23"), {"mode": "off"}, zone="Z0-CAW"), who=NORA, reason="two rooms apart")
    put(SetRule(Scope("rule", "R16"), {"parameter": "48"}, zone="Z1-BUR", last=NOW.date()), reason="today alone")
    set_line("Z0-LOK", LineSettings(timedelta(minutes=25), timedelta(minutes=7), 5), By(person(FARID), NOW))


@pytest.mark.usefixtures("demo")
def test_the_demo_exports_to_files_that_change_nothing():
    files = exported_building(NOW, people=True)
    assert files.keys() == {f"{file}.csv" for file in SHAPES} <= {file.name for file in DEMO_FILES.glob("*.csv")}
    checked = preview_building(files, "elsewhere", NOW)
    assert (checked.reading.faults, checked.reading.assumptions, checked.changes) == ((), (), ())
    assert import_building(files, "elsewhere", LATER).changes == 0


@pytest.mark.usefixtures("demo")
def test_what_managers_set_is_exported_as_it_holds_that_day_and_changes_nothing():
    managed()
    files = exported_building(LATER, people=True)
    checked = preview_building(files, "elsewhere", LATER)
    assert (checked.reading.faults, checked.changes) == ((), ())
    assert import_building(files, "elsewhere", LATER).changes == 0
    rows = {line.split(",")[0]: line for line in files["spaces.csv"].decode().splitlines()}
    assert rows["code"].endswith(",ceiling,cap_banquet")
    assert rows["VZ-101"].endswith(",12,30")
    assert rows["VZ-102"].endswith(",,")  # what is planned for later is not in it
    assert b"F1,AC,Eerste verdieping" in files["floors.csv"]
    assert b",100,1,0,2" in files["floors.csv"]
    zones = files["zones.csv"].decode().splitlines()
    assert zones[0].endswith(",line_early_minutes,line_late_minutes,line_calls")
    assert [line[:7] for line in zones if line.endswith(",25,7,5")] == ["Z0-LOK,"]


@pytest.mark.usefixtures("app_context")
def test_an_empty_database_filled_with_an_export_exports_the_same_bytes():
    load_demo_building()
    managed()
    taken = exported_building(LATER, people=True)
    _empty()
    import_building(taken, "elsewhere", LATER)
    assert exported_building(LATER, people=True) == taken
    house = the_house()
    assert (house.limit("floor", "F1", LATER.date()), house.policy("VZ-101", LATER.date()).ceiling) == (100, 12)
    assert house.rule("R23", LATER.date()).mode == "enforce"
    assert not house.policy("VZ-106", LATER.date()).active


def _empty() -> None:
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    flask_migrate.upgrade()


@pytest.mark.usefixtures("demo")
def test_only_the_hosts_facility_manager_takes_people_along_and_nobody_takes_passwords():
    assert "users.csv" in export_building(person(FARID), NOW, people=True)
    assert "users.csv" not in export_building(person(FARID), NOW, people=False)
    for username in (ANN, NORA, INES):
        for people in (True, False):
            with pytest.raises(NotAllowed):
                export_building(person(username), NOW, people=people)

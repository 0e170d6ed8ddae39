"""Files of many rows: read and loaded by the worker, while whoever sent them may look how far it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models.actions.files.large_files import LEASE, _hold, _Progress, work_on_large_files
from models.queries.house import the_house
from models.queries.import_drafts import draft_to_work_on
from models.tables.db import db
from tests.blueprints.manage.files.test_imports import IMPORT, TOWN, send
from tests.cast import FARID, NOW

MANY = b"\n" * 2_500  # counted as rows, and soon read


@pytest.fixture
def farid(signed_in):
    return signed_in(FARID)


@pytest.fixture
def work(demo_app):
    """One look of the worker, so long after now."""

    def done(later: timedelta = timedelta()) -> int:
        with demo_app.app_context():
            return work_on_large_files(NOW + later)

    return done


def test_they_are_read_and_loaded_by_the_worker_each_once(farid, work, demo_app):
    address = send(farid, ("spaces.csv", TOWN + MANY)).location
    assert "The files wait to be read" in farid.open(address).text
    assert (work(), work()) == (1, 0)
    page = farid.open(address)
    assert "SK-99" in page.text
    seen = page.soup.find("input", attrs={"name": "revision"})["value"]
    assert farid.post(address, {"step": "load", "revision": seen}).status == 303
    assert "The files are about to be loaded" in farid.open(address).text
    assert (work(), work()) == (1, 0)
    loaded = farid.open(address)
    assert loaded.soup.h1.get_text() == "These files are loaded"
    assert "Loaded: all of it, 1 row read." in loaded.text
    assert loaded.soup.find("a", string="See what now stands above a limit")["href"] == "/manage"
    with demo_app.test_request_context():
        assert "SK-99" in the_house().spaces


def test_what_a_killed_worker_held_is_taken_up_by_another_once_its_lease_is_over(farid, work, demo_app):
    address = send(farid, ("spaces.csv", TOWN + MANY)).location
    with demo_app.app_context():
        due = draft_to_work_on(NOW)
        db.session.rollback()
        assert _hold(due, NOW) is not None
        assert _hold(due, NOW) is None
    assert "The files are being read" in farid.open(address).text
    assert work(LEASE / 2) == 0
    assert work(LEASE) == 1
    assert "SK-99" in farid.open(address).text


def test_whoever_waits_is_told_how_much_is_read(farid, demo_app):
    address = send(farid, ("spaces.csv", TOWN + MANY)).location
    with demo_app.app_context():
        due = draft_to_work_on(NOW)
        db.session.rollback()
        _hold(due, NOW)
        progress = _Progress(due, 2_000)
        progress(500)
        progress(510)  # not worth a write
    page = farid.open(address)
    assert "25 % of the rows are read." in page.text
    assert page.soup.progress["value"] == "25"


def test_a_fault_is_said_as_for_small_ones_and_a_house_that_changed_is_read_again(farid, work, demo_app):
    address = send(farid, ("spaces.csv", TOWN.replace(b"booth", b"boot") + MANY)).location
    work()
    page = farid.open(address)
    assert "1 fault: nothing was loaded" in page.text
    address = send(farid, ("spaces.csv", TOWN + MANY)).location
    assert len(farid.open(IMPORT).soup.select("a[href^='/manage/import/']")) == 1  # the one before made way
    work()
    late = farid.post(address, {"step": "load", "revision": "1"})
    assert late.status == 409
    assert "The files wait to be read" in late.text
    assert work() == 1
    assert "SK-99" in farid.open(address).text

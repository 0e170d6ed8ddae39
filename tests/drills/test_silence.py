"""A database that is held, or that falls silent: who writes is told in five seconds, who reads hardly notices."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median

import pytest

from tests.drills.serving import Site

ABOUT_FIVE = 8  # seconds, on a machine that does other things as well
SOON = 3
FORM = {"date": "2027-03-08", "start": "09:00", "end": "10:00", "attendees": "2", "title": "Drill <> 50"}
LISTS = ("/rooms?date=2027-03-08", "/mine", "/")


@contextmanager
def file_held(site: Site):
    """Another program writes to the file, and does not end."""
    with closing(sqlite3.connect(site.url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_while_sqlite_is_held_reading_goes_on_and_who_writes_is_told_in_time(sqlite_town):
    site = sqlite_town
    token = site.form_token("/rooms/VZ-104/book")
    assert site.book(0).status == 201
    with file_held(site):
        began = time.monotonic()
        writing = site.at_once(site.book, range(1, 13))
        page = site.pool.submit(site.send, "/rooms/VZ-104/book", FORM | {"csrf_token": token})
        time.sleep(0.5)
        reading = [site.get(path) for path in LISTS * 3]
        told = [each.result() for each in writing]
        page = page.result()
        while time.monotonic() < began + 7:  # still held: now nobody waits for what did not come
            told.append(site.book(20))
            reading.append(site.get("/mine"))
    assert {each.status for each in reading} == {200}
    assert max(each.seconds for each in reading) < SOON
    assert {each.status for each in (*told, page)} == {503}
    assert max(each.seconds for each in (*told, page)) < ABOUT_FIVE
    assert {each.headers["Retry-After"] for each in (*told, page)} == {"5"}
    assert [each.text for each in (*told, page) if not each.told_no] == []
    assert 'value="Drill &lt;&gt; 50"' in page.text
    site.back_within(5, lambda: site.book(99))
    assert site.standing() == {0: 1, 99: 1}


@contextmanager
def frozen(town):
    """Every process of the server stands still, as on a machine whose disk or hypervisor does."""
    found = pids(town)
    for each in found:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in found:
            os.kill(each, signal.SIGCONT)


def pids(town) -> list[int]:
    first = int((town.server.folder / "data" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text()
    return [first, *map(int, children.split())]


@pytest.mark.postgresql
def test_while_postgresql_is_frozen_all_are_told_in_time_and_nothing_is_done_for_them(postgresql_town):
    site = postgresql_town.site
    assert site.book(0).status == 201
    with frozen(postgresql_town):
        began = time.monotonic()
        writing = site.at_once(site.book, range(100, 116))
        reading = site.at_once(site.get, LISTS * 3)
        told = [each.result() for each in (*writing, *reading)]
        while time.monotonic() < began + 7:  # nobody but one a second finds out anew that it is silent
            later = [each.result() for each in site.at_once(site.get, LISTS * 3)]
    assert {each.status for each in (*told, *later)} == {503}
    assert max(each.seconds for each in (*told, *later)) < ABOUT_FIVE
    assert median(each.seconds for each in later) < 1
    assert site.back_within(5, lambda: site.get("/mine"))
    assert site.back_within(5, lambda: site.book(200))
    assert site.standing() == {0: 1, 200: 1}

"""A database that is held, frozen, gone, read-only or full: who writes is told in five seconds, who reads hardly
notices where there is something to be read, and nothing stands for a sender who was told no."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from statistics import median

import psycopg
import pytest
from sqlalchemy import make_url

from tests.depth import digs_deep
from tests.drills.serving import Answer, Site
from tests.postgresql import USER, Cluster

ABOUT_FIVE = 8  # seconds, on a machine that does other things as well
SOON = 3
FORM = {"date": "2027-03-08", "start": "09:00", "end": "10:00", "attendees": "2", "title": "Drill <> 999"}
LISTS = ("/rooms?date=2027-03-08", "/mine", "/")


@contextmanager
def held(site: Site) -> Iterator[None]:
    """Another program writes to the database, and does not end."""
    if site.url.startswith("sqlite"):
        with closing(sqlite3.connect(site.url.removeprefix("sqlite:///"), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with aside(site) as other:
            other.execute("BEGIN; SELECT id FROM municipality FOR UPDATE")
            yield


@contextmanager
def frozen(server: Cluster) -> Iterator[None]:
    """Every process stands still, as on a machine whose disk or hypervisor does."""
    found = server.processes()
    for each in found:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in found:
            os.kill(each, signal.SIGCONT)


@contextmanager
def gone(server: Cluster) -> Iterator[None]:
    server.stop()
    yield
    server.serve()


@contextmanager
def read_only(site: Site) -> Iterator[None]:
    """As a server that became a replica; and every connection there was is killed."""
    name = make_url(site.url).database
    killed = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = %s"
    with aside(site, "postgres") as other:
        other.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        other.execute(killed, [name])
        yield
        other.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
        other.execute(killed, [name])


@contextmanager
def full(site: Site) -> Iterator[None]:
    """No file may be written any further: what a disk that is full does, for the processes of this site alone."""
    before = {each: resource.prlimit(each, resource.RLIMIT_FSIZE) for each in site.processes()}
    for each, (_soft, hard) in before.items():
        resource.prlimit(each, resource.RLIMIT_FSIZE, (4096, hard))
    yield
    for each, limits in before.items():
        resource.prlimit(each, resource.RLIMIT_FSIZE, limits)


def aside(site: Site, database: str | None = None) -> psycopg.Connection:
    url = make_url(site.url)
    return psycopg.connect(host=url.query["host"], user=USER, dbname=database or url.database, autocommit=True)


ON_ONE = ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.deep])]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def town(request) -> Site:
    return request.getfixturevalue(f"{request.param}_town")


def stand(site: Site, told: dict[int, Answer]) -> None:
    """What the database holds is what people were told."""
    standing = site.standing()
    assert {number for number, count in standing.items() if count > 1} == set()
    assert {number for number, answer in told.items() if answer.status == 201} <= set(standing)
    assert {number for number, answer in told.items() if answer.told_no} & set(standing) == set()


def test_while_the_lock_is_held_reading_goes_on_and_who_writes_is_told_in_time(town, pytestconfig):
    seconds = 30 if digs_deep(pytestconfig) else 7
    token = town.form_token("/rooms/VZ-104/book")
    told = {0: town.book(0)}
    with held(town):
        began = time.monotonic()
        writing = dict(zip(range(1, 13), town.at_once(town.book, range(1, 13)), strict=True))
        page = town.pool.submit(town.send, "/rooms/VZ-104/book", FORM | {"csrf_token": token})
        time.sleep(0.5)
        reading = [town.get(path) for path in LISTS * 3]
        told |= {number: each.result() for number, each in writing.items()} | {999: page.result()}
        while time.monotonic() < began + seconds:  # still held: now nobody waits for what did not come
            told[20] = town.book(20)
            reading.append(town.get("/mine"))
    assert {each.status for each in reading} == {200}
    assert max(each.seconds for each in reading) < SOON
    assert told.pop(0).status == 201
    assert [each.text for each in told.values() if not each.told_no] == []
    assert max(each.seconds for each in told.values()) < ABOUT_FIVE
    assert {each.headers["Retry-After"] for each in told.values()} == {"5"}
    assert 'value="Drill &lt;&gt; 999"' in told[999].text
    town.back_within(5, lambda: town.book(30))
    stand(town, told)


@pytest.mark.postgresql
def test_while_the_server_is_frozen_all_are_told_in_time_and_nothing_is_done_for_them(
    postgresql_town, postgresql_server
):
    site, numbers = postgresql_town, range(100, 148)
    writing = site.at_once(site.book, numbers)
    time.sleep(0.4)  # amid what they do
    with frozen(postgresql_server):
        reading = site.at_once(site.get, LISTS * 3)
        told = dict(zip(numbers, (each.result() for each in writing), strict=True))
        answers = [*told.values(), *(each.result() for each in reading)]
        later = [each.result() for each in site.at_once(site.get, LISTS * 3)]  # of which one a second finds out anew
    assert {each.status for each in (*answers, *later)} <= {201, 503}, site.log.read_text()
    assert 503 in {each.status for each in told.values()}
    assert max(each.seconds for each in (*answers, *later)) < ABOUT_FIVE
    assert median(each.seconds for each in later) < 1
    site.back_within(5, lambda: site.get("/mine"))
    site.back_within(5, lambda: site.book(150))
    stand(site, told)


@pytest.mark.postgresql
def test_a_server_that_is_gone_or_only_read_is_told_at_once_and_found_again(postgresql_town, postgresql_server):
    site = postgresql_town
    with gone(postgresql_server):
        told = {200: site.book(200), 201: site.get("/mine"), 202: site.get("/")}
    site.back_within(5, lambda: site.get("/mine"))
    with read_only(site):
        told |= {203: site.book(203), 204: site.book(204)}
        reading = [site.get(path) for path in LISTS]
    site.back_within(5, lambda: site.book(205))
    assert {each.status for each in told.values()} == {503}
    assert max(each.seconds for each in told.values()) < SOON
    assert {each.status for each in reading} == {200}
    stand(site, told)


def test_while_the_disk_is_full_reading_goes_on_and_nothing_is_kept_by_halves(sqlite_town):
    site = sqlite_town
    told = {300: site.book(300)}
    with full(site):
        told |= {number: site.book(number) for number in range(301, 305)}
        reading = [site.get(path) for path in LISTS * 2]
    site.back_within(5, lambda: site.book(306))
    assert {each.status for number, each in told.items() if number > 300} == {503}
    assert {each.status for each in reading} == {200}
    stand(site, told)


@pytest.mark.parametrize("town", ON_ONE, indirect=True)
def test_who_is_killed_under_load_loses_nothing_that_was_told(town):
    numbers = range(400, 480)
    writing = town.at_once(town.book, numbers)
    for ending in (signal.SIGKILL, signal.SIGTERM):
        time.sleep(0.5)
        os.kill(town.processes()[0], ending)
    told = dict(zip(numbers, (each.result() for each in writing), strict=True))
    town.back_within(20, lambda: town.book(490))
    assert {each.status for each in told.values()} <= {0, 201, 503}
    assert 201 in {each.status for each in told.values()}
    stand(town, told)


@pytest.mark.parametrize("town", ON_ONE, indirect=True)
def test_a_burst_for_one_slot_is_answered_booked_and_taken(town):
    answers = [each.result().status for each in town.at_once(town.book, [500] * 200)]
    assert sorted(answers) == [201] + [409] * 199

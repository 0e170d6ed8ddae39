"""A database that is held, frozen, gone, read-only or full: who writes is told in five seconds, who reads hardly
notices where there is something to be read, and nothing stands for a sender who was told no."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from statistics import median

import pytest

from app import create_app
from models.tables.db import db
from tests.depth import digs_deep
from tests.drills.faults import backends, frozen, gone, held, postmaster, read_only, read_only_view, ways_to_be_full
from tests.drills.serving import Answer, Site, wish
from tests.drills.site import settings_for

ABOUT_FIVE = 8  # seconds, on a machine that does other things as well
ABOUT_TEN = 13  # of whoever stood in line for a thread first, behind those who waited that long already
SOON = 3
THREADS = 16  # of both processes; whoever comes after that many stands in gunicorn's line first
FORM = {"date": "2027-03-08", "start": "09:00", "end": "10:00", "attendees": "2", "title": "Drill <> 999"}
LISTS = ("/rooms?date=2027-03-08", "/mine", "/")


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


def amid(site: Site, numbers: Sequence[int]) -> list[Future[Answer]]:
    """The bookings under way, when a few of them have been answered."""
    writing = site.at_once(site.book, numbers)
    while sum(each.done() for each in writing) < 3:
        time.sleep(0.01)
    return writing


def all_are_back(site: Site) -> Answer:
    """The worst of so many answers that each process gives some."""
    answers = [each.result() for each in site.at_once(site.get, ["/mine"] * THREADS)]
    return max(answers, key=lambda each: each.status or 999)


def test_while_the_lock_is_held_reading_goes_on_and_who_writes_is_told_in_time(town, pytestconfig):
    seconds = 30 if digs_deep(pytestconfig) else 0  # no longer than the first of them waits
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
    town.back_within(ABOUT_FIVE, lambda: town.book(30))
    stand(town, told)


@pytest.mark.postgresql
def test_while_the_server_is_frozen_all_are_told_in_time_and_nothing_is_done_for_them(
    postgresql_town, postgresql_server
):
    site, numbers = postgresql_town, range(100, 100 + THREADS)
    writing = amid(site, numbers)
    with frozen(postgresql_server):
        reading = site.at_once(site.get, LISTS)
        told = dict(zip(numbers, (each.result() for each in writing), strict=True))
        answers = [*told.values(), *(each.result() for each in reading)]
        later = [each.result() for each in site.at_once(site.get, LISTS * 3)]  # of which one a second finds out anew
    site.back_within(ABOUT_FIVE, partial(all_are_back, site))
    assert {each.status for each in (*answers, *later)} <= {201, 503}, site.log.read_text()
    assert 503 in {each.status for each in told.values()}
    assert max(each.seconds for each in (*answers, *later)) < ABOUT_TEN
    assert median(each.seconds for each in later) < 1
    site.back_within(ABOUT_FIVE, lambda: site.book(150))
    stand(site, told)


@pytest.mark.postgresql
def test_a_server_that_is_gone_or_only_read_is_told_at_once_and_found_again(postgresql_town, postgresql_server):
    site = postgresql_town
    with gone(postgresql_server):
        told = {200: site.book(200), 201: site.get("/mine"), 202: site.get("/")}
    site.back_within(ABOUT_FIVE, lambda: site.get("/mine"))
    with read_only(site):
        told |= {203: site.book(203), 204: site.book(204)}
        reading = [site.get(path) for path in LISTS]
    site.back_within(ABOUT_FIVE, lambda: site.book(205))
    assert {each.status for each in told.values()} == {503}
    assert max(each.seconds for each in told.values()) < SOON
    assert {each.status for each in reading} == {200}
    stand(site, told)


@pytest.mark.postgresql
@pytest.mark.parametrize("killed", [backends, pytest.param(postmaster, marks=pytest.mark.deep)])
def test_a_server_killed_under_load_loses_nothing_that_was_told(postgresql_town, postgresql_server, killed):
    site, first = postgresql_town, 206 if killed is backends else 240
    numbers = range(first, first + 2 * THREADS)
    writing = amid(site, numbers)
    with killed(postgresql_server):
        told = dict(zip(numbers, (each.result() for each in writing), strict=True))
    site.back_within(20, partial(all_are_back, site))
    site.back_within(ABOUT_FIVE, lambda: site.book(first + 2 * THREADS))
    assert {each.status for each in told.values()} == {201, 503}, site.log.read_text()
    stand(site, told)


def test_while_the_disk_is_full_reading_goes_on_and_nothing_is_kept_by_halves(sqlite_town):
    site, told = sqlite_town, {}
    for first, full in enumerate(ways_to_be_full(site), 30):
        told[first * 10] = site.book(first * 10)
        numbers = range(first * 10 + 1, first * 10 + 5)
        with full(site):
            refused = {number: site.book(number) for number in numbers}
            reading = [site.get(path) for path in LISTS * 2]
        site.back_within(ABOUT_FIVE, partial(site.book, first * 10 + 6))
        assert {each.status for each in refused.values()} == {503}, full
        assert {each.status for each in reading} == {200}
        told |= refused
    stand(site, told)


def test_on_a_disk_that_can_only_be_read_pages_are_read_and_who_writes_is_told(sqlite_town, tmp_path):
    site = sqlite_town
    headers = {"Cookie": site.cookie, "Authorization": f"Bearer {site.token}", "Accept-Language": "en"}
    with read_only_view(site, tmp_path) as url:
        app = create_app(settings_for(url))
        client = app.test_client(use_cookies=False)
        reading = [client.get(path, headers=headers).status_code for path in LISTS]
        refused = client.post("/api/v1/bookings", json=wish(380), headers=headers)
        warned = client.get("/readyz").text
        with app.app_context():
            db.engine.dispose()
    assert reading == [200] * len(LISTS)
    assert (refused.status_code, "Nothing was booked" in refused.text) == (503, True)
    assert "warning: database read-only" in warned
    assert 380 not in site.standing()


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

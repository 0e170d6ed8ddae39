"""Measure on a database of its own, print ratios as a table and as JSON. Not a test: it asserts no time."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, timedelta
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import event, text

from app import create_app
from blueprints.web.identity import SESSION_KEY
from models.actions.book import book
from models.actions.set_password import set_password
from models.actions.sign_in import sign_in
from models.queries.people import person_by_username
from models.rules.passwords import passwords_at
from models.rules.refusals import Refused
from models.tables.db import db
from tests.cast import ANN, FARID, NOW, ask, load_demo_building
from tests.databases import SECRET
from tests.postgresql import cluster, server_programs

ROUNDS = 40
ROOMS = ("VZ-101", "VZ-102", "VZ-103", "VZ-104", "VZ-105", "VZ-106", "VZ-202", "VZ-203", "VZ-204")


@dataclass(frozen=True)
class Figure:
    """`ratio`: how many times its baseline it costs. CPU of this process; a database server's own is not in it."""

    database: str
    what: str
    cpu_ms: float
    wall_ms: float
    queries: float
    baseline: str
    ratio: float


def measured(work: Callable[[int], None], rounds: int = ROUNDS) -> tuple[float, float, float]:
    """CPU ms, wall ms and queries of one round, the median of all; the first one warms up and is left out."""
    work(0)
    figures = []
    for number in range(1, rounds + 1):
        with counting() as counted:
            cpu, wall = time.process_time(), time.perf_counter()
            work(number)
            figures.append(((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000, counted[0]))
    return tuple(sorted(each)[len(each) // 2] for each in zip(*figures, strict=True))


@contextmanager
def counting() -> Iterator[list[int]]:
    counted = [0]

    def count(*_args) -> None:
        counted[0] += 1

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield counted
    finally:
        event.remove(db.engine, "before_cursor_execute", count)


def free_slot(number: int, week: int = 0):
    """A request that is accepted, another one each time: rooms, half hours and days in turn."""
    room = ROOMS[number % len(ROOMS)]
    request = ask(room, "2027-03-08T08:00", "08:30", attendees=4)
    later = timedelta(days=7 * week + number // len(ROOMS) // 9, hours=number // len(ROOMS) % 9)
    return type(request)(room, request.start + later, request.end + later, attendees=4)


def raw_insert(number: int) -> None:
    """The same guarded row in plain SQL, in a transaction of its own: what the database alone costs."""
    start = free_slot(number, week=4).start
    space = ROOMS[number % len(ROOMS)]
    with db.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("""
            INSERT INTO booking (uid, space_id, starts_at, ends_at, status, exclusive, persons, layout, privacy,
                                 organisation_id, organiser_id, booked_by_id, created_at, updated_at, version)
            SELECT 'bench', space.id, :start, :end, 'confirmed', :yes, 4, 'boardroom', 'busy', organisation.id,
                   person.id, person.id, :now, :now, 1
              FROM space, person JOIN organisation ON organisation.id = person.organisation_id
             WHERE space.code = :space AND person.username = :who"""),
            {"start": _stored(start), "end": _stored(start + timedelta(minutes=30)), "now": _stored(NOW), "yes": True,
             "space": space, "who": ANN})


def _stored(instant):
    instant = instant.astimezone(UTC)
    return instant.replace(tzinfo=None).isoformat(" ", "microseconds") if db.engine.dialect.name == "sqlite" \
        else instant


def refused_booking(_number: int) -> None:
    try:
        book(ask("VZ-104", "2027-03-08T08:00", "08:30", attendees=4), person_by_username(FARID), NOW)
    except Refused as refused:
        assert refused.alternatives
    db.session.rollback()


def figures(app: Flask, name: str) -> Iterator[Figure]:
    hello = Flask("hello")
    hello.add_url_rule("/", view_func=lambda: "hello")
    greeting, visitor = hello.test_client(), app.test_client()
    with app.test_request_context():
        ann = person_by_username(ANN)
        base = measured(lambda _n: greeting.get("/"))
        yield Figure(name, "hello-world page", *base, "itself", 1.0)
        raw = measured(raw_insert)
        yield Figure(name, "guarded INSERT in SQL", *raw, "itself", 1.0)

        def against(what: str, baseline: str, of: tuple, work) -> Figure:
            cost = measured(work)
            return Figure(name, what, *cost, baseline, cost[0] / of[0])

        yield against("a booking, accepted", "guarded INSERT", raw, lambda n: book(free_slot(n), ann, NOW))
        yield against("a booking, refused with three alternatives", "guarded INSERT", raw, refused_booking)
    with signed_in(app, visitor):
        for what, path in (("day timeline of the rooms", "/rooms?date=2027-03-08"),
                           ("list of 80 desks", "/desks?date=2027-03-09"), ("booking form", "/rooms/VZ-103/book")):
            with app.app_context():
                yield against(what, "hello-world page", base, lambda _n, path=path: visitor.get(path))


@contextmanager
def signed_in(app: Flask, visitor) -> Iterator[None]:
    with app.test_request_context():
        passwords = passwords_at(time_cost=1, memory_cost=8, parallelism=1)
        set_password(ANN, "benchmarks only", passwords)
        token = sign_in(ANN, "benchmarks only", "here", passwords, NOW).token
    with visitor.session_transaction() as cookie:
        cookie[SESSION_KEY] = token
    yield


def measure(url: str, name: str) -> list[Figure]:
    app = create_app({"TREFPUNT_DATABASE_URL": url, "TREFPUNT_SECRET_KEY": SECRET, "TREFPUNT_CLOCK": lambda: NOW})
    with app.app_context():
        flask_migrate.upgrade()
        load_demo_building()
        db.session.remove()
    found = list(figures(app, name))
    with app.app_context():
        db.engine.dispose()
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = measure(f"sqlite:///{Path(folder) / 'bench.db'}", "SQLite")
    programs = server_programs()
    if programs:
        with cluster(programs) as running:
            found += measure(running.create("bench"), "PostgreSQL")
    else:
        print("PostgreSQL left out: no server found (Debian: postgresql)")
    print(f"{'database':<11}{'what':<45}{'CPU ms':>8}{'wall ms':>9}{'queries':>9}   ratio of CPU")
    for each in found:
        print(f"{each.database:<11}{each.what:<45}{each.cpu_ms:>8.2f}{each.wall_ms:>9.2f}{each.queries:>9.0f}"
              f"   {each.ratio:.1f} x {each.baseline}")
    print(json.dumps([asdict(each) for each in found]))


if __name__ == "__main__":
    main()
